-- Append-only by the database itself. One change is let through: an erasure, which leaves who, what and when and takes
-- what was written, because personal data have an end and a proof that something happened has none.
CREATE TRIGGER history_stays BEFORE UPDATE ON history
WHEN NOT (NEW.id = OLD.id AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.what = OLD.what
  AND NEW.kind = OLD.kind AND NEW.row_id = OLD.row_id AND NEW.before = '' AND NEW.after = '{"erased":true}')
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_remains BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER labels_stay BEFORE UPDATE ON labels
BEGIN SELECT RAISE(ABORT, 'labels are append-only'); END;
CREATE TRIGGER labels_remain BEFORE DELETE ON labels
BEGIN SELECT RAISE(ABORT, 'labels are append-only'); END;
CREATE TRIGGER moves_stay BEFORE UPDATE ON moves
BEGIN SELECT RAISE(ABORT, 'moves are append-only'); END;
CREATE TRIGGER moves_remain BEFORE DELETE ON moves
BEGIN SELECT RAISE(ABORT, 'moves are append-only'); END;
