"""Version 4: where the speakers of a transcript speak, so that interviewers are not counted."""

from __future__ import annotations

from sqlalchemy import Connection, text

from qualcode.domain.turns import stretches_of


def up(connection: Connection) -> None:
    kind = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(
        f'CREATE TABLE turn (document_id {kind} NOT NULL, start INTEGER NOT NULL, "end" INTEGER '
        f"NOT NULL, speaker {kind} NOT NULL, guessed BOOLEAN NOT NULL, "
        "PRIMARY KEY (document_id, start), "
        "FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    found = connection.execute(text("SELECT id, text FROM document WHERE kind = 'text'")).all()
    rows = [
        {
            "document_id": id,
            "start": stretch.start,
            "end": stretch.end,
            "speaker": stretch.speaker,
            "guessed": stretch.guessed,
        }
        for id, written in found
        for stretch in stretches_of(written)
    ]
    if rows:
        connection.execute(
            text(
                'INSERT INTO turn (document_id, start, "end", speaker, guessed) '
                "VALUES (:document_id, :start, :end, :speaker, :guessed)"
            ),
            rows,
        )
