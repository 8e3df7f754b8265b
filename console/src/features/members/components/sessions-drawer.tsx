import { Drawer, Form, Input } from 'antd';
import { api, session } from '../../../lib/api';
import { useMe } from '../../../lib/me';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { When } from '../../../ui/when';
import { useDeskUsers, useRefreshPeople } from '../api';

interface PasswordForm {
  oldPassword: string;
  newPassword: string;
}

function ChangePassword() {
  const [form] = Form.useForm<PasswordForm>();
  const run = async () => {
    const body = await form.validateFields();
    const { token } = await api.console.changePassword({ body });
    session.set(token);
    form.resetFields();
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false}>
      <Form.Item name="oldPassword" label="现在的密码" rules={[{ required: true, message: '请填写' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label="新密码" rules={[{ required: true, min: 10, message: '至少 10 位' }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <ActionButton done="已修改，其他地方都退出了" run={run}>
        修改密码
      </ActionButton>
    </Form>
  );
}

/** Who may open this desk; ending their sessions works at once. */
export function SessionsDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const users = useDeskUsers(isOpen);
  const me = useMe();
  const refresh = useRefreshPeople();
  return (
    <Drawer title="登录管理" open={isOpen} onClose={onClose} size={560}>
      <div className="stack">
        <Loaded query={users}>
          {(rows) => (
            <table className="plain" data-testid="desk-users">
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td>
                      {row.name} {row.id === me.id ? <span className="muted small">（你）</span> : null}
                      <div className="muted small">
                        {row.role === 'HQ' ? '总部' : '加盟商'} · {row.loginMasked}
                      </div>
                    </td>
                    <td className="muted">
                      <When at={row.lastLoginAt} none="没有登录过" />
                    </td>
                    <td className="right">
                      {row.id === me.id ? null : (
                        <ActionButton
                          size="small"
                          danger
                          done="已下线"
                          run={() => refresh(api.console.endDeskSessions({ params: { id: row.id } }))}
                          confirm={{
                            title: `让${row.name}马上下线？`,
                            description: '对方要重新输密码才能进来。',
                            okText: '下线',
                          }}
                          testId="end-sessions"
                        >
                          全部下线
                        </ActionButton>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
        <Card title="修改我的密码">
          <ChangePassword />
        </Card>
      </div>
    </Drawer>
  );
}
