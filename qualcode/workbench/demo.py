"""The invented demo study: brought in and half analysed by the same acts a person uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.domain.approaches import Approach
from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.documents import Document, DocumentKind, Item, Respondent, Source
from qualcode.domain.role_maps import RoleMap
from qualcode.readers import survey, texts, workshop
from qualcode.readers.codebook_yaml import read_codebook_file, shipped_codebooks
from qualcode.readers.sheets import open_workbook
from qualcode.readers.yaml_values import read_values
from qualcode.workbench import (
    categorising,
    codebooks,
    coding,
    demo_roles,
    importing,
    memos,
    reducing,
    role_mapping,
    studies,
    workshops,
)
from qualcode.workbench.bench import Workbench
from qualcode.workbench.workshops import Details

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "arjen_tuki"
WORKERS = "työntekijä"
ANALYST = "Analysoija 1"
"""The invented analyst, as the corpus names them."""


def fill(bench: Workbench) -> None:
    """The demo study into an empty store, under the name of its invented analyst."""
    analysis = read_values((CORPUS / "analysis.yaml").read_text("utf-8"), "analysis.yaml")
    about = analysis["study"]
    bench = replace(bench, coder=about["coder"])
    studies.start(bench, about["title"], Approach(about["approach"]), about["task"])
    _import_surveys(bench)
    _import_workshop(bench)
    _import_texts(bench)
    codes = _take_codes(bench, analysis)
    _code_and_reduce(bench, analysis["codings"], codes)
    categories = _build_tree(bench, analysis["tree"])
    _write_memos(bench, analysis["memos"], codes, categories)
    _draw_role_maps(bench, analysis["role_maps"], categories)
    demo_roles.use(bench, analysis)


def is_demo(bench: Workbench) -> bool:
    """Whether the study holds the demo's invented files and nothing else."""
    shipped = {importing.digest(path.read_bytes()) for path in CORPUS.iterdir() if path.is_file()}
    with bench.store.reading() as rows:
        sources = rows.find(Source)
    return bool(sources) and all(source.digest in shipped for source in sources)


# --- material -------------------------------------------------------------------------------


def _import_surveys(bench: Workbench) -> None:
    for file, column_map in (
        ("asiakaskysely.xlsx", "survey_map_asiakas.yaml"),
        ("tyontekijakysely.csv", "survey_map_tyontekija.yaml"),
    ):
        data = (CORPUS / file).read_bytes()
        sheet = open_workbook(data, file).sheets[0]
        mapping = survey.read_map((CORPUS / column_map).read_text("utf-8"), column_map)
        reading = survey.read_survey(sheet, survey.plan_from_map(mapping, sheet))
        importing.import_survey(bench, file, data, reading)


def _import_workshop(bench: Workbench) -> None:
    """Both files are from one workshop, which the first of them brings along."""
    day: str | Details = Details("Arjen tuki -työpaja (keksitty)")
    for file in ("tyopaja_swot.xlsx", "tyopaja_roolit.csv"):
        data = (CORPUS / file).read_bytes()
        workbook = open_workbook(data, file)
        reading = workshop.read_workshop(workbook, workshop.guess_workshop(workbook).plan)
        importing.import_workshop(bench, file, data, reading, actor_group=WORKERS, workshop=day)
        with bench.store.reading() as rows:
            day = workshops.workshops(rows)[0].id


def _import_texts(bench: Workbench) -> None:
    for file, plan, group in (
        (
            "ryhmahaastattelu.docx",
            texts.TextPlan(texts.TextUnit.TURN, frozenset({"H"})),
            WORKERS,
        ),
        ("havainnot.txt", texts.TextPlan(texts.TextUnit.PARAGRAPH), ""),
    ):
        data = (CORPUS / file).read_bytes()
        reading = texts.read_text(texts.open_text(data, file), plan)
        importing.import_text(bench, file, data, reading, actor_group=group)


# --- analysis -------------------------------------------------------------------------------


def _take_codes(bench: Workbench, analysis: Mapping[str, Any]) -> dict[str, str]:
    """``codebook/code`` as the analysis writes it -> the code's id in the study."""
    ids = {}
    shelf = {card.key: card.path for card in shipped_codebooks()}
    for key in analysis["codebooks"]:
        file = read_codebook_file(shelf[key])
        codebooks.take(bench, file)
        ids.update({f"{key}/{code.key}": code.id for code in file.codes})
    found = analysis["codes_found"]
    for entry in found["codes"]:
        code = coding.add_code(bench, entry["label_fi"], definition=entry["definition_fi"])
        codebooks.edit_code(
            bench,
            replace(
                code,
                label_fi=entry["label_fi"],
                label_en=entry["label_en"],
                definition_fi=entry["definition_fi"],
                definition_en=entry["definition_en"],
            ),
        )
        ids[f"{found['codebook']}/{entry['id']}"] = code.id
    return ids


def _code_and_reduce(
    bench: Workbench, codings: list[Mapping[str, Any]], codes: Mapping[str, str]
) -> None:
    place = _Places(bench)
    for entry in codings:
        span = place.span(entry)
        for code in entry["codes"]:
            coding.code(bench, *span, codes[code])
        for wording in entry["reductions"]:
            reducing.reduce(bench, *span, wording)


class _Places:
    """Finds the text that an entry of the analysis speaks of."""

    def __init__(self, bench: Workbench) -> None:
        with bench.store.reading() as rows:
            sources = {s.id: s.name for s in rows.find(Source)}
            respondents = rows.find(Respondent)
            labels = {r.id: r.label for r in respondents}
            numbers = {i.id: i.number for i in rows.find(Item)}
            documents = rows.find(Document)
        self.people = {(sources[r.source_id], r.label): r.id for r in respondents}
        self.answers = {
            (sources[d.source_id], labels[d.respondent_id or ""], numbers[d.item_id]): d
            for d in documents
            if d.kind is DocumentKind.ANSWER and d.item_id
        }
        self.notes = {
            (sources[d.source_id], d.attributes.get("table", ""), d.text.strip()): d
            for d in documents
            if d.kind is DocumentKind.WORKSHOP_NOTE
        }

    def span(self, entry: Mapping[str, Any]) -> tuple[str, int, int]:
        """The text with the place of the entry's quote in it; the whole text without one."""
        document = self.of(entry)
        quote = unicodedata.normalize("NFC", entry["quote"]) if "quote" in entry else document.text
        start = document.text.index(quote)
        return document.id, start, start + len(quote)

    def of(self, entry: Mapping[str, Any]) -> Document:
        if "note" in entry:
            note = unicodedata.normalize("NFC", entry["note"]).strip()
            return self.notes[entry["source"], entry["table"], note]
        return self.answers[entry["source"], entry["respondent"], entry["question"]]


def _build_tree(bench: Workbench, nodes: list[Mapping[str, Any]]) -> dict[str, str]:
    """The categories under their names -> their ids."""
    with bench.store.reading() as rows:
        reductions = {r.wording: r.id for r in rows.find(ReducedExpression)}
    ids: dict[str, str] = {}

    def add(node: Mapping[str, Any], under: str | None) -> None:
        category = categorising.add(
            bench,
            node["name"],
            Level[node["level"].upper()],
            under,
            reductions=[reductions[w] for w in node.get("reductions", ())],
            definition=node.get("definition", ""),
        )
        ids[category.name] = category.id
        for child in node.get("children", ()):
            add(child, category.id)

    for node in nodes:
        add(node, None)
    return ids


def _write_memos(
    bench: Workbench,
    entries: list[Mapping[str, Any]],
    codes: Mapping[str, str],
    categories: Mapping[str, str],
) -> None:
    place = _Places(bench)
    with bench.store.reading() as rows:
        reductions = {r.wording: r.id for r in rows.find(ReducedExpression)}
    for number, entry in enumerate(entries, start=1):
        about, text = entry["about"], entry["text"]
        # Written in one second, they stand in the order of their ids.
        id = f"demo-memo-{number:02}"
        if "study" in about:
            memos.diary(bench, text, id)
        elif "code" in about:
            memos.write(bench, "code", codes[about["code"]], text, id)
        elif "category" in about:
            memos.write(bench, "category", categories[about["category"]], text, id)
        elif "reduction" in about:
            memos.write(bench, "reduction", reductions[about["reduction"]], text, id)
        elif "quote" in about:
            memos.write_on(bench, *place.span(about), text, id)
        elif "question" in about:
            memos.write(bench, "document", place.of(about).id, text, id)
        else:
            person = place.people[about["source"], about["respondent"]]
            memos.write(bench, "respondent", person, text, id)


def _draw_role_maps(
    bench: Workbench, maps: list[Mapping[str, Any]], categories: Mapping[str, str]
) -> None:
    with bench.store.reading() as rows:
        reductions = {r.wording: r.id for r in rows.find(ReducedExpression)}
    for entry in maps:
        role_map = role_mapping.start(bench, entry["title"], entry["actor_group"])
        if entry.get("note"):
            with bench.store.reading() as rows:
                kept = rows.get(RoleMap, role_map.id)
            assert kept is not None
            role_mapping.edit_map(bench, replace(kept, note=entry["note"]))
        for role in entry["roles"]:
            made = role_mapping.add_role(
                bench,
                role_map.id,
                role_mapping.RoleDraft(
                    role["name"],
                    role.get("central", False),
                    tuple(role.get("descriptors", ())),
                    role.get("description", ""),
                ),
            )
            for name in role.get("categories", ()):
                role_mapping.link(bench, made.id, category_id=categories[name])
            for wording in role.get("reductions", ()):
                role_mapping.link(bench, made.id, reduction_id=reductions[wording])
