/** Stands in for the `server-only` package under Vitest, which is neither Next's server nor its client. */
export {};
