-- The task table holds open work only: what was done and by whom stands in the facts.
DROP INDEX task_open_for_position;
DROP INDEX task_open_for_officer;
DELETE FROM task WHERE closed_at IS NOT NULL;
ALTER TABLE task DROP COLUMN closed_at;
ALTER TABLE task DROP COLUMN closed_by;
CREATE INDEX task_of_position ON task (unit, position, due_at);
CREATE INDEX task_of_officer ON task (officer, due_at) WHERE officer IS NOT NULL;

-- No index of a dossier changes with its course: an act writes the row and nothing beside it.
DROP INDEX dossier_of_agency;
DROP INDEX dossier_of_unit;
CREATE INDEX dossier_of_agency ON dossier (agency, submitted_at);
CREATE INDEX dossier_of_unit ON dossier (unit, submitted_at);
