/// <reference lib="dom" />

export interface Place {
  name: string;
  address: string;
  latitude: number;
  longitude: number;
}

export interface Person {
  key: string;
  nickname: string;
  avatar?: string;
  phone?: string;
  city?: string;
  places?: Place[];
  locationAllowed?: boolean;
}

export interface Thread {
  id: string;
  kind: 'guide' | 'notices';
  name: string;
  avatar?: string;
  summary: string;
  at: number;
  unread: number;
}

export interface Home {
  me: Person;
  nowMs: number;
  corpName: string;
  miniapp: { name: string; h5Url: string };
  threads: Thread[];
}

export interface GuideProfile {
  userid: string;
  name: string;
  position: string;
  avatar?: string;
  corp: string;
  known: boolean;
  status: string;
}

/** What every screen of the phone may use. */
export interface Phone {
  key: string;
  home: Home;
  /** The glass: sheets are laid over it. */
  glass: HTMLElement;
  open(screen: HTMLElement): void;
  back(): void;
  openThread(id: string): void;
  openMiniapp(path: string): void;
  openScan(): Promise<string | undefined>;
  openGuide(userid: string, configId?: string): Promise<boolean>;
  refresh(): Promise<void>;
}
