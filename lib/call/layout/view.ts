import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallState, CallStore } from "@/lib/call/call-store";
import { arrange, type Layout, type Place, type SelfView, stageSize } from "./arrangement";
import type { Corner } from "./corner-place";
import { SpeakerLog } from "./speaker-log";
import { withFewestMoves, withPresent, withSwapped } from "./steady-order";
import { steadyPlaces } from "./steady-places";
import { type TileId, tileIdOf, tileIdsOf } from "./tile-id";
import type { ViewPreferences } from "./view-preferences";

export interface ViewState extends ViewPreferences {
  pinned: TileId | null;
  /** The tiles that are drawn, and how large: nobody needs the pictures of the others. */
  places: ReadonlyMap<TileId, Place>;
  /** From 0. */
  page: number;
  pages: number;
  /** From where to where the line of the pages' buttons reaches. Pixels. */
  pager: { left: number; width: number };
  /**
   * What a picture of one tile shows: what is pinned, else the newest screen, else who spoke last, and never this person's
   * own beside others'.
   */
  featured: TileId | null;
  /**
   * Tiles glide to new places, but not while the window is being resized, nor to make room for who comes: large pictures that are
   * drawn anew at the screen's pace are most of what there is to do until the newcomer's first one is here.
   */
  isGliding: boolean;
}

/**
 * How one person looks at the call: what they chose, and who is where because of it. Follows the people in the call and
 * who of them speaks. All that the view menu, the tiles and the shortcuts do is a method here.
 */
export class View {
  readonly store: StoreApi<ViewState>;
  readonly #onChosen: (preferences: ViewPreferences) => void;
  readonly #speakers = new SpeakerLog<TileId>();
  readonly #stopWatching: () => void;
  #self: TileId | null = null;
  /** The others by their coming, and in the order in which they are drawn. */
  #others: readonly TileId[] = [];
  #order: readonly TileId[] = [];
  /** Screens that others share, the newest first, and this person's own. */
  #screens: readonly TileId[] = [];
  #ownScreens: readonly TileId[] = [];
  #stage: readonly TileId[] = [];
  #front: readonly TileId[] = [];
  #area = { width: 0, height: 0 };
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(call: CallStore, chosen: ViewPreferences, onChosen: (preferences: ViewPreferences) => void) {
    this.#onChosen = onChosen;
    this.store = createStore<ViewState>(() => ({
      ...chosen,
      pinned: null,
      places: new Map(),
      page: 0,
      pages: 1,
      pager: { left: 0, width: 0 },
      featured: null,
      isGliding: false,
    }));
    this.#stopWatching = call.subscribe((state, previous) => {
      if (state.order !== previous.order || state.screenOrder !== previous.screenOrder) this.#takeTiles(state);
      if (state.players !== previous.players) this.#takeSpeech(state);
    });
  }

  dispose(): void {
    this.#stopWatching();
    clearTimeout(this.#settling);
  }

  chooseLayout(layout: Layout): void {
    this.#choose({ layout });
  }

  chooseSelfView(selfView: SelfView): void {
    this.#choose({ selfView });
  }

  moveSelfView(corner: Corner): void {
    this.#choose({ corner });
  }

  /** A pin takes the stage, until it is taken out, put elsewhere, or its person goes. */
  togglePin(id: TileId): void {
    const { pinned } = this.store.getState();
    this.store.setState({ pinned: pinned === id ? null : id });
    this.#arrange();
  }

  /** @param page from 0; beyond the last or the first one is that one */
  showPage(page: number): void {
    this.store.setState({ page });
    this.#arrange();
  }

  /** The size in pixels of what the tiles share. */
  setArea(width: number, height: number): void {
    if (width === this.#area.width && height === this.#area.height) return;
    this.#area = { width, height };
    this.#arrange({ isGliding: false });
  }

  #choose(choice: Partial<ViewPreferences>): void {
    this.store.setState(choice);
    const { layout, selfView, corner } = this.store.getState();
    this.#onChosen({ layout, selfView, corner });
    this.#arrange();
  }

  #takeTiles(state: CallState): void {
    const { order, players, screenOrder, screens } = state;
    const self = order.find((uid) => players[uid]?.isLocal);
    this.#self = self === undefined ? null : tileIdOf("camera", self);
    const before = [...this.#others, ...this.#screens];
    const others = order.filter((uid) => uid !== self).map((uid) => tileIdOf("camera", uid));
    for (const gone of this.#others) if (!others.includes(gone)) this.#speakers.forget(gone);
    this.#others = others;
    this.#order = withPresent(this.#order, others, this.#front);
    const ofScreens = (isLocal: boolean) =>
      screenOrder.filter((uid) => screens[uid]?.isLocal === isLocal).map((uid) => tileIdOf("screen", uid));
    this.#screens = ofScreens(false).reverse();
    this.#ownScreens = ofScreens(true);
    const { pinned } = this.store.getState();
    if (pinned && !tileIdsOf(state).includes(pinned)) this.store.setState({ pinned: null });
    this.#arrange({ isGliding: [...this.#others, ...this.#screens].every((id) => before.includes(id)) });
  }

  #takeSpeech({ order, players }: CallState): void {
    const nowMs = performance.now();
    for (const uid of order) {
      const player = players[uid];
      if (player && !player.isLocal)
        this.#speakers.note(tileIdOf("camera", uid), player.hasAudio && player.isSpeaking, nowMs);
    }
    this.#settle();
  }

  #settle(): void {
    const [before] = this.#speakers.recent;
    const nextMs = this.#speakers.settle(performance.now());
    clearTimeout(this.#settling);
    if (nextMs !== undefined) this.#settling = setTimeout(() => this.#settle(), nextMs);
    const [speaker] = this.#speakers.recent;
    if (speaker === undefined || speaker === before) return;
    this.#arrange();
    this.#bringToFront(speaker);
  }

  /** Who speaks on another page changes places with the one on the first page who was not heard for longest. */
  #bringToFront(speaker: TileId): void {
    if (this.#front.includes(speaker) || this.store.getState().places.has(speaker)) return;
    const { recent } = this.#speakers;
    const heardAt = (id: TileId) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
    const silent = this.#front.filter((id) => this.#others.includes(id) && !this.#speakers.isSpeaking(id)).reverse();
    const [givesWay] = silent.sort((one, other) => heardAt(other) - heardAt(one));
    if (givesWay === undefined) return;
    this.#order = withSwapped(this.#order, speaker, givesWay);
    this.#arrange();
  }

  #arrange({ isGliding = true } = {}): void {
    const { layout, selfView, corner, pinned, page } = this.store.getState();
    const ranked = this.#ranked(pinned);
    const isShared = this.#screens.length > 0;
    const size = stageSize({ layout, pinned, isShared });
    this.#stage = withFewestMoves(this.#stage, ranked.slice(0, size));
    const { places, front, ...pages } = arrange({
      layout,
      selfView,
      corner,
      pinned,
      isShared,
      page,
      others: [...this.#ownScreens, ...this.#screens, ...this.#order],
      self: this.#self,
      stage: this.#stage,
      ...this.#area,
    });
    this.#front = front;
    const before = this.store.getState().places;
    this.store.setState({ places: steadyPlaces(before, places), ...pages, featured: ranked[0] ?? null, isGliding });
  }

  /**
   * What to see first: what is pinned, then the newest screen, then who spoke last, then who came first, oneself after them,
   * and last one's own screen, which one sees anyway.
   */
  #ranked(pinned: TileId | null): TileId[] {
    const pin = pinned ? [pinned] : [];
    const [newest, ...older] = this.#screens;
    const shown = newest ? [newest] : [];
    const self = this.#self ? [this.#self] : [];
    const last = [...older, ...self, ...this.#ownScreens];
    return [...new Set([...pin, ...shown, ...this.#speakers.recent, ...this.#others, ...last])];
  }
}
