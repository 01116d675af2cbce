/** A person's papers for Agora, which the test's own side makes: it has the keys. */
export type AgoraToken = (claim: {
  room: string;
  uid: number;
  expiresInSeconds: number;
}) => Promise<{ appId: string; token: string }>;

/** What a page answers of one scenario. */
export interface Outcome {
  /** Where the client differs from the SDK, each with the reason. */
  differences: string[];
}

/** Joins as someone who is in already, on another page: one page of the SDK refuses to have a uid twice. */
export type JoinElsewhere = (seat: { appId: string; room: string; token: string; uid: number }) => Promise<void>;

/** Cuts someone's connection to Agora's edge, with no new one to be had until it is mended. */
export type CutSignalling = (uid: number) => Promise<void>;
export type MendSignalling = () => Promise<void>;

declare global {
  interface Window {
    cutSignalling: CutSignalling;
    mendSignalling: MendSignalling;
    joinElsewhere: JoinElsewhere;
    agoraToken: AgoraToken;
    conformance: {
      version: string;
      /** For a page that is somebody's "elsewhere". */
      join: JoinElsewhere;
      run: (title: string, room: string) => Promise<Outcome>;
    };
  }
}
