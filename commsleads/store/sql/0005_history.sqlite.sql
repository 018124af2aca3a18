-- Append-only by the database itself. One change is let through: an erasure, which leaves who, what and when and takes
-- what was written, because personal data have an end and a proof that something happened has none. The triggers on
-- INSERT are for INSERT OR REPLACE, which deletes without asking the one on DELETE.
CREATE TRIGGER history_stays BEFORE UPDATE ON history
WHEN NOT (NEW.id = OLD.id AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.what = OLD.what
  AND NEW.kind = OLD.kind AND NEW.row_id = OLD.row_id AND NEW.before = '' AND NEW.after = '{"erased":true}')
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_remains BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_once BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER labels_stay BEFORE UPDATE ON labels
WHEN NOT (NEW.letter_id = OLD.letter_id AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.by = OLD.by
  AND NEW.class = OLD.class AND NEW.was = OLD.was AND NEW.permille = OLD.permille AND NEW.note = '')
BEGIN SELECT RAISE(ABORT, 'labels are append-only'); END;
CREATE TRIGGER labels_remain BEFORE DELETE ON labels
BEGIN SELECT RAISE(ABORT, 'labels are append-only'); END;
CREATE TRIGGER labels_once BEFORE INSERT ON labels
WHEN EXISTS (SELECT 1 FROM labels WHERE letter_id = NEW.letter_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'labels are append-only'); END;
CREATE TRIGGER moves_stay BEFORE UPDATE ON moves
WHEN NOT (NEW.enquiry_id = OLD.enquiry_id AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.by = OLD.by
  AND NEW.came_from = OLD.came_from AND NEW.state = OLD.state AND NEW.hold = OLD.hold AND NEW.why = '')
BEGIN SELECT RAISE(ABORT, 'moves are append-only'); END;
CREATE TRIGGER moves_remain BEFORE DELETE ON moves
BEGIN SELECT RAISE(ABORT, 'moves are append-only'); END;
CREATE TRIGGER moves_once BEFORE INSERT ON moves
WHEN EXISTS (SELECT 1 FROM moves WHERE enquiry_id = NEW.enquiry_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'moves are append-only'); END;
