import { api } from '../../../lib/api';
import type { Guide } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';

/** Ends everything that a guide has open, for a lost phone or a quarrel; works at once. */
export function EndSessions({ guide }: { guide: Guide }) {
  return (
    <ActionButton
      size="small"
      done="已下线"
      run={() => api.console.endGuideSessions({ params: { id: guide.id } })}
      confirm={{
        title: `让${guide.name}马上下线？`,
        description:
          '工作台和侧边栏立刻退出；在职的导购从企业微信重新打开就能再登录。手机丢了，还要在企业微信后台停用账号。',
        okText: '下线',
      }}
      testId="guide-end-sessions"
    >
      下线
    </ActionButton>
  );
}
