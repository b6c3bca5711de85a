-- What an account was before it was removed, and who left it so: what a restore brings back.
ALTER TABLE account
    ADD COLUMN removed_from text COLLATE "C" CHECK (removed_from IN ('DISABLED', 'ACTIVE')),
    ADD COLUMN removed_from_submission bigint,
    ADD COLUMN removed_from_row bigint;

-- A change that a row of an undo job took back. Unlike undone, which says that a refused row's change never counted.
ALTER TABLE change ADD COLUMN reverted boolean NOT NULL DEFAULT false;
GRANT UPDATE (reverted) ON change TO ${app};

-- The undo of an add deletes the account.
GRANT DELETE ON account TO ${app};
