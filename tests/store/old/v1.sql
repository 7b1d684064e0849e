-- A study of schema 1, from before vectors were kept in it. Never edit it: so old files look.
PRAGMA application_id = 1902341988;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE about (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE category (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	parent_id TEXT, 
	definition TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	code_id TEXT, 
	position FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(parent_id) REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "category" VALUES('maija0004','Lohtu',1,NULL,'','data',NULL,1.0);
CREATE TABLE change (
	decision_id INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	PRIMARY KEY (decision_id, n), 
	FOREIGN KEY(decision_id) REFERENCES decision (id)
);
INSERT INTO "change" VALUES(1,0,'study','study',NULL,'{"id":"study","name":"Kokeilututkimus","language":"fi","approach":"theory_guided","strict_frame":false,"task":"","level_names":{"fi":{"subcategory":"alaluokka","generic_category":"yläluokka","main_category":"pääluokka","unifying_category":"yhdistävä luokka"},"en":{"subcategory":"subcategory","generic_category":"generic category","main_category":"main category","unifying_category":"unifying category"}}}');
INSERT INTO "change" VALUES(2,0,'source','source',NULL,'{"id":"source","name":"kysely.xlsx","digest":"00ff","kind":"survey","imported_at":"2026-01-15T12:00:00+00:00","imported_by":"Maija","sent":null,"note":""}');
INSERT INTO "change" VALUES(3,0,'document','d1',NULL,'{"id":"d1","source_id":"source","text":"Äiti lohduttaa 👩‍👧","kind":"answer","respondent_id":null,"item_id":null,"set_aside":false,"attributes":{},"provenance":{"file":"kysely.xlsx","sheet":"Taulukko1","row":null,"column":"Mitä?"},"position":1}');
INSERT INTO "change" VALUES(3,1,'document','d2',NULL,'{"id":"d2","source_id":"source","text":"en tiedä","kind":"answer","respondent_id":null,"item_id":null,"set_aside":false,"attributes":{},"provenance":{"file":"kysely.xlsx","sheet":"Taulukko1","row":null,"column":"Mitä?"},"position":2}');
INSERT INTO "change" VALUES(4,0,'codebook','teoria',NULL,'{"id":"teoria","key":"teoria","name_fi":"Teoria","name_en":"Theory","theory_source":"","kind":"flat","unit":"","note":"","version":1,"in_use":true,"position":0}');
INSERT INTO "change" VALUES(4,1,'code','c1',NULL,'{"id":"c1","codebook_id":"teoria","key":"koodi_1","label_fi":"Lohtu","label_en":"","definition_fi":"","definition_en":"","rule_fi":"","rule_en":"","example_fi":"","example_en":"","parent_id":null,"level":null,"origin":"theory","colour":"","shortcut":"","position":1}');
INSERT INTO "change" VALUES(5,0,'segment','d1:0-4',NULL,'{"id":"d1:0-4","document_id":"d1","start":0,"end":4}');
INSERT INTO "change" VALUES(5,1,'coding','maija0001',NULL,'{"id":"maija0001","segment_id":"d1:0-4","code_id":"c1","coder":"Maija","created_at":"2026-01-15T12:00:04+00:00"}');
INSERT INTO "change" VALUES(6,0,'reduction','maija0002',NULL,'{"id":"maija0002","wording":"äiti lohduttaa","created_by":"Maija","created_at":"2026-01-15T12:00:06+00:00","note":""}');
INSERT INTO "change" VALUES(6,1,'segment','d1:0-14',NULL,'{"id":"d1:0-14","document_id":"d1","start":0,"end":14}');
INSERT INTO "change" VALUES(6,2,'reduction_link','maija0003',NULL,'{"id":"maija0003","segment_id":"d1:0-14","reduction_id":"maija0002","coder":"Maija","created_at":"2026-01-15T12:00:07+00:00"}');
INSERT INTO "change" VALUES(7,0,'category','maija0004',NULL,'{"id":"maija0004","name":"Lohtu","level":1,"parent_id":null,"definition":"","origin":"data","code_id":null,"position":1.0}');
INSERT INTO "change" VALUES(7,1,'placement','maija0002',NULL,'{"id":"maija0002","category_id":"maija0004","position":1.0}');
CREATE TABLE closed_answer (
	id TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	value TEXT NOT NULL, 
	raw TEXT NOT NULL, 
	respondent_id TEXT, 
	actor_group TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	provenance JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(item_id) REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(respondent_id) REFERENCES respondent (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE code (
	id TEXT NOT NULL, 
	codebook_id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	label_fi TEXT NOT NULL, 
	label_en TEXT NOT NULL, 
	definition_fi TEXT NOT NULL, 
	definition_en TEXT NOT NULL, 
	rule_fi TEXT NOT NULL, 
	rule_en TEXT NOT NULL, 
	example_fi TEXT NOT NULL, 
	example_en TEXT NOT NULL, 
	parent_id TEXT, 
	level INTEGER, 
	origin TEXT NOT NULL, 
	colour TEXT NOT NULL, 
	shortcut TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(codebook_id) REFERENCES codebook (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(parent_id) REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "code" VALUES('c1','teoria','koodi_1','Lohtu','','','','','','','',NULL,NULL,'theory','','',1);
CREATE TABLE codebook (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	name_fi TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	theory_source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	note TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	in_use BOOLEAN NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "codebook" VALUES('teoria','teoria','Teoria','Theory','','flat','','',1,1,0);
CREATE TABLE coding (
	id TEXT NOT NULL, 
	segment_id TEXT NOT NULL, 
	code_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (segment_id, code_id, coder), 
	FOREIGN KEY(segment_id) REFERENCES segment (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "coding" VALUES('maija0001','d1:0-4','c1','Maija','2026-01-15T12:00:04+00:00');
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	act TEXT NOT NULL, 
	summary JSON NOT NULL, 
	undone BOOLEAN NOT NULL, 
	"of" INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "decision" VALUES(1,'2026-01-15T12:00:00+00:00','Maija','create_study','{"name":"Kokeilututkimus"}',0,NULL);
INSERT INTO "decision" VALUES(2,'2026-01-15T12:00:01+00:00','Maija','import','{"file":"kysely.xlsx"}',0,NULL);
INSERT INTO "decision" VALUES(3,'2026-01-15T12:00:02+00:00','Maija','import','{"file":"kysely.xlsx","count":2}',0,NULL);
INSERT INTO "decision" VALUES(4,'2026-01-15T12:00:03+00:00','Maija','take_codebook','{"codebook":"Teoria","count":1}',0,NULL);
INSERT INTO "decision" VALUES(5,'2026-01-15T12:00:05+00:00','Maija','code','{"code":"Lohtu","quote":"Äiti","document":"d1"}',0,NULL);
INSERT INTO "decision" VALUES(6,'2026-01-15T12:00:08+00:00','Maija','reduce','{"wording":"äiti lohduttaa","quote":"Äiti lohduttaa","document":"d1"}',0,NULL);
INSERT INTO "decision" VALUES(7,'2026-01-15T12:00:09+00:00','Maija','add_category','{"category":"Lohtu","level":"subcategory","count":1}',0,NULL);
CREATE TABLE dismissal (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	who TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE document (
	id TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	respondent_id TEXT, 
	item_id TEXT, 
	set_aside BOOLEAN NOT NULL, 
	attributes JSON NOT NULL, 
	provenance JSON NOT NULL, 
	position INTEGER NOT NULL, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(respondent_id) REFERENCES respondent (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(item_id) REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "document" VALUES('d1','source','Äiti lohduttaa 👩‍👧','answer',NULL,NULL,0,'{}','{"file":"kysely.xlsx","sheet":"Taulukko1","row":null,"column":"Mitä?"}',1,'äiti lohduttaa 👩‍👧');
INSERT INTO "document" VALUES('d2','source','en tiedä','answer',NULL,NULL,0,'{}','{"file":"kysely.xlsx","sheet":"Taulukko1","row":null,"column":"Mitä?"}',2,'en tiedä');
CREATE TABLE item (
	id TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	number TEXT NOT NULL, 
	section TEXT NOT NULL, 
	theme TEXT NOT NULL, 
	actor_group TEXT NOT NULL, 
	options JSON NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE operation (
	client TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (client, seq)
);
CREATE TABLE placement (
	id TEXT NOT NULL, 
	category_id TEXT NOT NULL, 
	position FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES reduction (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(category_id) REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "placement" VALUES('maija0002','maija0004',1.0);
CREATE TABLE reduction (
	id TEXT NOT NULL, 
	wording TEXT NOT NULL, 
	created_by TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	note TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "reduction" VALUES('maija0002','äiti lohduttaa','Maija','2026-01-15T12:00:06+00:00','','äiti lohduttaa');
CREATE TABLE reduction_link (
	id TEXT NOT NULL, 
	segment_id TEXT NOT NULL, 
	reduction_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (segment_id, reduction_id), 
	FOREIGN KEY(segment_id) REFERENCES segment (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(reduction_id) REFERENCES reduction (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "reduction_link" VALUES('maija0003','d1:0-14','maija0002','Maija','2026-01-15T12:00:07+00:00');
CREATE TABLE respondent (
	id TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	actor_group TEXT NOT NULL, 
	background JSON NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE role (
	id TEXT NOT NULL, 
	map_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	central BOOLEAN NOT NULL, 
	descriptors JSON NOT NULL, 
	description TEXT NOT NULL, 
	sources JSON NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(map_id) REFERENCES role_map (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE role_map (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	actor_group TEXT NOT NULL, 
	frame TEXT NOT NULL, 
	note TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE role_placement (
	id TEXT NOT NULL, 
	role_id TEXT NOT NULL, 
	category_id TEXT, 
	reduction_id TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(role_id) REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(category_id) REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(reduction_id) REFERENCES reduction (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE segment (
	id TEXT NOT NULL, 
	document_id TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (document_id, start, "end"), 
	FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "segment" VALUES('d1:0-4','d1',0,4);
INSERT INTO "segment" VALUES('d1:0-14','d1',0,14);
CREATE TABLE source (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	imported_at TEXT NOT NULL, 
	imported_by TEXT NOT NULL, 
	sent INTEGER, 
	note TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "source" VALUES('source','kysely.xlsx','00ff','survey','2026-01-15T12:00:00+00:00','Maija',NULL,'');
CREATE TABLE study (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	language TEXT NOT NULL, 
	approach TEXT NOT NULL, 
	strict_frame BOOLEAN NOT NULL, 
	task TEXT NOT NULL, 
	level_names JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "study" VALUES('study','Kokeilututkimus','fi','theory_guided',0,'','{"fi":{"subcategory":"alaluokka","generic_category":"yläluokka","main_category":"pääluokka","unifying_category":"yhdistävä luokka"},"en":{"subcategory":"subcategory","generic_category":"generic category","main_category":"main category","unifying_category":"unifying category"}}');
CREATE INDEX ix_source_digest ON source (digest);
CREATE INDEX ix_reduction_folded ON reduction (folded);
CREATE INDEX ix_dismissal_key ON dismissal ("key");
CREATE INDEX decision_who ON decision (who, id);
CREATE INDEX ix_respondent_source_id ON respondent (source_id);
CREATE INDEX ix_respondent_actor_group ON respondent (actor_group);
CREATE INDEX ix_item_source_id ON item (source_id);
CREATE INDEX ix_code_parent_id ON code (parent_id);
CREATE INDEX ix_code_codebook_id ON code (codebook_id);
CREATE INDEX ix_role_map_id ON role (map_id);
CREATE INDEX change_row ON change (kind, row_id, decision_id);
CREATE INDEX ix_document_item_id ON document (item_id);
CREATE INDEX ix_document_respondent_id ON document (respondent_id);
CREATE INDEX ix_document_source_id ON document (source_id);
CREATE INDEX document_order ON document (position, id);
CREATE INDEX ix_closed_answer_respondent_id ON closed_answer (respondent_id);
CREATE INDEX ix_closed_answer_source_id ON closed_answer (source_id);
CREATE INDEX ix_closed_answer_item_id ON closed_answer (item_id);
CREATE INDEX ix_category_parent_id ON category (parent_id);
CREATE INDEX ix_category_code_id ON category (code_id);
CREATE INDEX ix_placement_category_id ON placement (category_id);
CREATE INDEX ix_role_placement_reduction_id ON role_placement (reduction_id);
CREATE INDEX ix_role_placement_role_id ON role_placement (role_id);
CREATE INDEX ix_role_placement_category_id ON role_placement (category_id);
CREATE INDEX ix_coding_segment_id ON coding (segment_id);
CREATE INDEX ix_coding_code_id ON coding (code_id);
CREATE INDEX ix_reduction_link_reduction_id ON reduction_link (reduction_id);
CREATE INDEX ix_reduction_link_segment_id ON reduction_link (segment_id);
COMMIT;
