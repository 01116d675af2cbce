/** Every wait of the embedded transport, in milliseconds, in one object so that tests can be quick. */
export interface Timings {
  /** How long a description waits for the first of this machine's addresses, which are all found a millisecond or two after it. */
  candidateMs: number;
  /** From the first of them until no more are waited for. */
  moreCandidatesMs: number;
  /** How long one who was there first waits for the newcomer's offer before making its own. */
  passiveWaitMs: number;
  /** From the coming of that offer until more is done for the link: before the relay takes its place, where there is one. */
  offeredPatienceMs: number;
  /** How long this page is alone in the room, or not, until it leaves an offer with the server, or takes it back. */
  standingOfferMs: number;
  /** From a link's making until it is called unreachable (network quality 6). */
  unreachableMs: number;
  /** From the loss of a link that was up until it is called down (network quality 6). */
  downMs: number;
  /** From a link's loss to the first ICE restart. */
  firstRestartMs: number;
  /** From a direct link's making until it counts as out of reach, and the relay takes its place where there is one. */
  directPatienceMs: number;
  /** From when a direct link is up until its browser has had time to find out what the line bears. */
  lineKnownMs: number;
  /** From the first try to reach the relay until it counts as out of reach. */
  relayPatienceMs: number;
  /** From a connection to the relay that does not come up to the next one; later ones wait half as long again each. */
  relayRetryMs: number;
  /** From a request to the relay that the server did not answer to the next: it is to be noticed soon that it is back. */
  relayAskAgainMs: number;
  /** How long two connections to the relay stand side by side when one takes the other's place. */
  relayOverlapMs: number;
  /** How long a connection to the relay is kept that is not needed any more. */
  relayLingerMs: number;
  /** How long after the third of them has left two are still taken for three, who may be back in a moment. */
  crowdLingerMs: number;
  /** How long a picture is waited for, when its sound has come by another way. */
  picturePatienceMs: number;
  /** From an offer without result to the next try; each further wait is half as long again, up to the maximum. */
  retryMs: number;
  maxRetryMs: number;
  /**
   * How long nothing at all may come before a link is called lost. ICE takes 6 to 8 s to say so (measured), a person is
   * to see it within 5; a living link has a STUN check at least every 2.5 s each way, also when nothing is sent.
   */
  silenceMs: number;
  /** How long encoding must take too much of the machine until less is encoded. */
  overuseMs: number;
  /** How long there must be room until more is encoded again. */
  underuseMs: number;
  /** How often statistics are read. */
  statsMs: number;
  /** How often `network-quality` is emitted. */
  qualityMs: number;
  /** How often `volume-indicator` is emitted. */
  volumeMs: number;
  /** How long before the token's end `token-privilege-will-expire` is emitted. */
  expiryWarningMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  candidateMs: 30,
  moreCandidatesMs: 2,
  passiveWaitMs: 1000,
  offeredPatienceMs: 2500,
  standingOfferMs: 500,
  unreachableMs: 7000,
  downMs: 10_000,
  firstRestartMs: 1000,
  directPatienceMs: 3000,
  lineKnownMs: 1000,
  relayPatienceMs: 4000,
  relayRetryMs: 2500,
  relayAskAgainMs: 400,
  relayOverlapMs: 2500,
  relayLingerMs: 5000,
  crowdLingerMs: 2000,
  picturePatienceMs: 3000,
  retryMs: 4000,
  maxRetryMs: 15_000,
  silenceMs: 3500,
  overuseMs: 4000,
  underuseMs: 10_000,
  statsMs: 500,
  qualityMs: 2000,
  volumeMs: 2000,
  expiryWarningMs: 30_000,
};
