import type { User } from "./user";

/** Who is in which channel, and how the others learn of it. */
export class Channels {
  readonly #users = new Map<string, User[]>();

  users(channel: string): User[] {
    return this.#users.get(channel) ?? [];
  }

  find(channel: string, uid: number): User | undefined {
    return this.users(channel).find((user) => user.uid === uid);
  }

  /** Everyone who is in a channel with this uid; tests use a uid once. */
  get all(): User[] {
    return [...this.#users.values()].flat();
  }

  /** Each is told of the other. */
  enter(user: User): void {
    const others = this.users(user.channel);
    this.#users.set(user.channel, [...others, user]);
    for (const other of others) {
      user.introduceTo(other);
      other.introduceTo(user);
    }
  }

  leave(user: User, reason: "Quit" | "Dropped"): void {
    const others = this.users(user.channel).filter((other) => other !== user);
    this.#users.set(user.channel, others);
    for (const other of others) other.say("on_user_offline", { uid: user.uid, reason });
  }

  tellOthers(user: User, type: string, message: object): void {
    for (const other of this.users(user.channel)) if (other !== user) other.say(type, message);
  }
}
