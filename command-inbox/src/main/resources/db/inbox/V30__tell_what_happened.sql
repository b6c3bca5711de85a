-- What the tenant's other systems are told of a command, where the command itself doesn't tell it: NULL for nearly
-- all, which takes no room (docs/decisions/0028-account-events.md). The number stands above those of both services'
-- migrations, and leaves them room.
ALTER TABLE command_inbox ADD COLUMN happened text;
