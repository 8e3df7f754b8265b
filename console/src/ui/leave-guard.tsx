import { Modal } from 'antd';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';

/**
 * Asks before a half-filled form is left. `isDirty` is asked at the moment of leaving, so a form that has just been
 * saved lets go at once.
 */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isDirty(),
  );
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => {
      if (isDirty()) event.preventDefault();
    };
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [isDirty]);
  return (
    <Modal
      title="填的内容还没有保存"
      open={blocker.state === 'blocked'}
      onOk={() => blocker.reset?.()}
      onCancel={() => blocker.proceed?.()}
      okText="继续填"
      cancelText="不保存，离开"
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={400}
      data-testid="leave-guard"
    >
      现在离开，这一页填的内容就没有了。
    </Modal>
  );
}
