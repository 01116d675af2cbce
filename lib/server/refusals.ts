import "server-only";
import { AppError } from "@/lib/app-error";

/** Refusals that more than one place gives. */

export function tokenExpired(): AppError {
  return new AppError("token_expired", "This page was away for too long. Join the call again.");
}

export function wrongRoom(): AppError {
  return new AppError("wrong_room", "This key is for another room. Open this room's own link.");
}

/** Who has not joined may watch, and no more. */
export function notAMember(): AppError {
  return new AppError("not_a_member", "You are not in this call. Join it first.");
}

export function notHost(): AppError {
  return new AppError("not_host", "Only the host of this call can do that.");
}

export function roomLocked(): AppError {
  return new AppError("room_locked", "This room is locked. Someone inside must let you in.");
}

export function removed(): AppError {
  return new AppError("removed", "You were removed from this call.");
}

export function atCapacity(): AppError {
  return new AppError("at_capacity", "The server has all the calls that it can carry. Try again in a minute.", {
    retryAfterSeconds: 60,
  });
}

export function nobody(): AppError {
  return new AppError("not_found", "Nobody with this uid is in the room.");
}
