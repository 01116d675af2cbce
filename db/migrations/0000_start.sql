CREATE TABLE `departures` (
	`room` text NOT NULL,
	`uid` integer NOT NULL,
	`left_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departures_room_uid` ON `departures` (`room`,`uid`);--> statement-breakpoint
CREATE INDEX `departures_left_at` ON `departures` (`left_at_ms`);--> statement-breakpoint
CREATE TABLE `installation` (
	`id` integer PRIMARY KEY NOT NULL,
	`app_id` text NOT NULL,
	`certificate` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `members` (
	`room` text NOT NULL,
	`uid` integer NOT NULL,
	`name` text NOT NULL,
	`instance` text NOT NULL,
	`joined_at_ms` integer NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_room_uid` ON `members` (`room`,`uid`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`room` text NOT NULL,
	`uid` integer NOT NULL,
	`client_id` text NOT NULL,
	`name` text NOT NULL,
	`text` text NOT NULL,
	`sent_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_room_uid_client` ON `messages` (`room`,`uid`,`client_id`);