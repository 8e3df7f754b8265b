import { Drawer } from 'antd';
import { Loaded } from './states';

interface WaitingDrawerProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What the form needs before it can be filled in. */
  query: { data: unknown; error: unknown; refetch: () => unknown };
}

/** Stands where a form will be until its values are here, and says so when they do not come. */
export function WaitingDrawer({ title, isOpen, onClose, query }: WaitingDrawerProps) {
  return (
    <Drawer title={title} open={isOpen} onClose={onClose} size={520}>
      <Loaded query={query}>{() => null}</Loaded>
    </Drawer>
  );
}
