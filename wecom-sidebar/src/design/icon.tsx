import {
  AddOutline,
  BillOutline,
  CheckCircleOutline,
  CheckOutline,
  ClockCircleOutline,
  CloseOutline,
  DownOutline,
  ExclamationCircleOutline,
  EyeOutline,
  GiftOutline,
  LeftOutline,
  PayCircleOutline,
  PictureOutline,
  RightOutline,
  ScanCodeOutline,
  SearchOutline,
  SendOutline,
  ShopbagOutline,
  StarOutline,
  TeamOutline,
  TruckOutline,
  UndoOutline,
  UnorderedListOutline,
  UserOutline,
} from 'antd-mobile-icons';

/** One drawn set for the whole app; screens name the meaning, not the picture. */
const icons = {
  add: AddOutline,
  bill: BillOutline,
  done: CheckCircleOutline,
  check: CheckOutline,
  clock: ClockCircleOutline,
  close: CloseOutline,
  down: DownOutline,
  warn: ExclamationCircleOutline,
  look: EyeOutline,
  gift: GiftOutline,
  back: LeftOutline,
  money: PayCircleOutline,
  picture: PictureOutline,
  next: RightOutline,
  scan: ScanCodeOutline,
  search: SearchOutline,
  send: SendOutline,
  bag: ShopbagOutline,
  people: TeamOutline,
  star: StarOutline,
  truck: TruckOutline,
  undo: UndoOutline,
  list: UnorderedListOutline,
  person: UserOutline,
} as const;
export type IconName = keyof typeof icons;

/** Decoration beside words, so hidden from screen readers; a button with an icon alone carries its own label. */
export function Icon({ name }: { name: IconName }) {
  const Drawn = icons[name];
  return <Drawn aria-hidden="true" />;
}
