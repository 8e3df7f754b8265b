export interface ShareButtonProps {
  /** The page that opens for the friend, with its query. */
  path: string;
  text?: string;
  /** Sharing is what this page is for: the one strong button. */
  isMain?: boolean;
}
