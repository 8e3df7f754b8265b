/** What the mini-program asks of WeChat. Names and results follow the WeChat API; see the two variants beside. */
export interface PayRequest {
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
  appId: string;
}
export interface Position {
  latitude: number;
  longitude: number;
}
export interface Place extends Position {
  name: string;
  address: string;
}
export interface Scan {
  result: string;
  path?: string;
}

/** A refused or failed WeChat call; `isRefused` tells the person's own choice from a fault. */
export class WxError extends Error {
  readonly isRefused: boolean;
  readonly isMissing: boolean;
  constructor(readonly errMsg: string) {
    super(errMsg);
    this.name = 'WxError';
    this.isRefused = /cancel|deny|refuse/i.test(errMsg);
    this.isMissing = /no phone frame/i.test(errMsg);
  }
}

/** One interface, two variants: `wx.weapp.ts` in WeChat, `wx.h5.ts` in the phone frame of the simulator. */
export interface Wx {
  /** False in a plain browser, where there is nobody to log in and nothing to pay with. */
  readonly isAvailable: boolean;
  /** Whether tapping the guide's WeCom picture can open the contact (in WeChat it takes a long press). */
  readonly canOpenContact: boolean;
  login(): Promise<string>;
  profile(): Promise<{ nickName: string; avatarUrl: string }>;
  pay(request: PayRequest): Promise<void>;
  scan(): Promise<Scan>;
  fuzzyLocation(): Promise<Position>;
  chooseLocation(): Promise<Place>;
  /** Shows WeChat's sheet for at most three templates; only on a tap. Answers accept, reject, ban or filter by template. */
  subscribe(templateIds: string[]): Promise<Record<string, string>>;
  /** What was decided for good about templates (accept, reject, ban), so that WeChat asks no more. */
  keptAnswers(): Promise<Record<string, string>>;
  call(phoneNumber: string): Promise<void>;
  /** Shows a place on the phone's map, which leads there; rejects where there is no map. Coordinates are GCJ-02. */
  openPlace(place: Place): Promise<void>;
  openContact(wecomUserid: string): Promise<{ added: boolean }>;
  setTitle(title: string): void;
  /** Registers for being shown again, e.g. after a card was tapped; the path may be missing. */
  onShow(listener: (query: Record<string, string>, path: string | undefined) => void): void;
  /** Keeps the bar above the page in step with the page's title, where somebody else draws that bar. */
  mirrorTitle(): void;
}
