CREATE TABLE `revocations` (
	`room` text NOT NULL,
	`uid` integer NOT NULL,
	`until_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revocations_room_uid` ON `revocations` (`room`,`uid`);--> statement-breakpoint
CREATE INDEX `revocations_until` ON `revocations` (`until_ms`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`room` text PRIMARY KEY NOT NULL,
	`host_uid` integer,
	`is_locked` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `members` ADD `hand_raised_at_ms` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `is_muted_by_host` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `screen_uid` integer;