import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface WorldCorp {
  corpId: string;
  agentId: string;
  secret: string;
  token: string;
  encodingAesKey: string;
  callbackUrl: string;
  name: string;
}

/** A template of subscribe messages that the brand has picked from the platform's library. */
export interface WorldTemplate {
  id: string;
  title: string;
  /** In the order of the message; the kind of a keyword is its key without the number. */
  keywords: { key: string; label: string; example: string }[];
  /** 2 one message for one accept; 3 lasting, which only some trades get. */
  type?: 2 | 3;
}

export interface WorldMiniapp {
  appid: string;
  secret: string;
  name: string;
  h5Url: string;
  pushUrl: string;
  pushToken: string;
  pushAesKey: string;
  /** Unknown when absent: then any template id is taken and nothing is known of its keywords. */
  templates?: WorldTemplate[];
}

export interface WorldMember {
  userid: string;
  name: string;
  avatar?: string;
  department: number[];
  position?: string;
  contactEnabled?: boolean;
}

export interface WorldPlace {
  name: string;
  address: string;
  latitude: number;
  longitude: number;
}

export interface WorldConsumer {
  key: string;
  nickname: string;
  avatar?: string;
  gender?: number;
  phone?: string;
  city?: string;
  places?: WorldPlace[];
  locationAllowed?: boolean;
  /** Works for the brand: can be paid, and is not offered as the phone's owner. */
  staff?: boolean;
}

export interface WorldMerchant {
  mchid: string;
  name: string;
  kind: 'sp' | 'direct' | 'sub';
  /** The service provider that signs for a `sub`. */
  spMchid?: string;
  /** Certificate serial number in hex; not needed for a `sub`, which never signs. */
  serial?: string;
  publicKeyPem?: string;
  apiV3Key?: string;
  appids: string[];
  /** Largest share that may be split, in basis points; 3000 when absent. */
  maxRatio?: number;
  returnEnabled?: boolean;
  profitSharingNotifyUrl?: string;
  /** Fee of the collecting merchant in basis points; 60 when absent. */
  feeRate?: number;
  /** Opening available balance in fen. */
  openingBalance?: number;
  /** Splits wait until shipping or receipt is marked. */
  requireShipping?: boolean;
}

export interface WorldCertificate {
  serial: string;
  certPem: string;
  privateKeyPem: string;
}

export interface WorldPayKeys {
  publicKeyId: string;
  /** Needed by clients only; derived from the private key when absent. */
  publicKeyPem?: string;
  privateKeyPem: string;
  certificates: WorldCertificate[];
}

/** The whole simulated world: who exists, and which keys and addresses they have. */
export interface World {
  corp: WorldCorp;
  miniapp: WorldMiniapp;
  members: WorldMember[];
  consumers: WorldConsumer[];
  merchants: WorldMerchant[];
  payKeys: WorldPayKeys;
}

/** Reads the world file; throws with the missing part's name when it is not one. */
export function loadWorld(path: string): World {
  const world = JSON.parse(readFileSync(path, 'utf8')) as World;
  for (const part of ['corp', 'miniapp', 'members', 'consumers', 'merchants', 'payKeys'] as const) {
    if (!world[part]) throw new Error(`${path}: the world has no "${part}"`);
  }
  return world;
}

const tokens = new Map<string, string>();

/** Always the same for the same parts, and asked for again and again. */
function token(length: number, ...parts: string[]): string {
  const name = parts.join('\n');
  let found = tokens.get(name);
  if (found === undefined) {
    found = makeToken(length, parts);
    tokens.set(name, found);
  }
  return found;
}

function makeToken(length: number, parts: readonly string[]): string {
  const digest = createHash('sha512').update(parts.join('\n')).digest('base64');
  return digest.replace(/[^0-9A-Za-z]/g, '').slice(0, length);
}

/** The openid of a consumer under one appid (28 characters, `o` first). */
export function openidOf(appid: string, consumerKey: string): string {
  return `o${token(27, 'openid', appid, consumerKey)}`;
}

/** The unionid of a consumer (28 characters, `o` first). */
export function unionidOf(consumerKey: string): string {
  return `o${token(27, 'unionid', consumerKey)}`;
}

/** The external_userid of a consumer for one corporation (`wm` and 30 characters). */
export function externalUseridOf(corpId: string, consumerKey: string): string {
  return `wm${token(30, 'external', corpId, consumerKey)}`;
}

/** Who is behind an openid of one appid; people are only ever added to a world. */
interface Openids {
  indexed: number;
  people: Map<string, WorldConsumer>;
}
const openidsOf = new WeakMap<readonly WorldConsumer[], Map<string, Openids>>();

/** The consumer who has this openid under this appid. */
export function consumerByOpenid({ consumers }: World, appid: string, openid: string): WorldConsumer | undefined {
  const byAppid = openidsOf.get(consumers) ?? new Map<string, Openids>();
  const known = byAppid.get(appid) ?? { indexed: 0, people: new Map<string, WorldConsumer>() };
  for (const one of consumers.slice(known.indexed)) known.people.set(openidOf(appid, one.key), one);
  known.indexed = consumers.length;
  openidsOf.set(consumers, byAppid.set(appid, known));
  return known.people.get(openid);
}
