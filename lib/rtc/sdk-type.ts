/**
 * The public face of one of the SDK's classes. Its `EventEmitter` is a class with private members, so no other class is
 * ever assignable to an interface that extends it, however complete; a mapped type leaves the private ones out and
 * keeps every other check.
 */
export type PublicFace<T> = { [Key in keyof T]: T[Key] };

/** Gives something that has all the public members of an SDK type that type's own name. */
export function asSdkType<T>(value: PublicFace<T>): T {
  return value as T;
}
