import { ApiError } from '@shuke/shared/api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { api, session } from '../../lib/api';
import { ME_KEY, useToken } from '../../lib/me';
import { problemText } from '../../lib/problem';

interface Credentials {
  login: string;
  password: string;
}

/** Only a path inside the console: an address from outside must not send anybody elsewhere. */
export const safeBack = (back: string | null): string => (back && /^\/(?![/\\])/.test(back) ? back : '/');

function failureText(error: unknown): string {
  if (error instanceof ApiError && error.code.startsWith('HTTP_') && error.status === 401)
    return '账号或密码不对，请再核对一次';
  return problemText(error).message;
}

function LoginForm() {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (values: Credentials) => {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await api.console.login({ body: { login: values.login.trim(), password: values.password } });
      session.set(answer.token);
      client.setQueryData(ME_KEY, answer.user);
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} size="large" onFinish={(values) => void submit(values)}>
      <h2 style={{ fontSize: 24, marginBottom: 4 }}>登录</h2>
      <p className="muted" style={{ marginBottom: 28 }}>
        总部和加盟商用同一个入口，进来看到的是各自的账。
      </p>
      <Form.Item name="login" label="账号" rules={[{ required: true, min: 2, message: '请填写账号' }]}>
        <Input autoComplete="username" maxLength={60} autoFocus data-testid="login-name" />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={100} data-testid="login-password" />
      </Form.Item>
      <div role="alert" className="danger" style={{ minHeight: 24, marginBottom: 8 }} data-testid="login-error">
        {failure}
      </div>
      <Button type="primary" htmlType="submit" block loading={isBusy} data-testid="login-submit">
        登录
      </Button>
    </Form>
  );
}

export function LoginPage() {
  const token = useToken();
  const [params] = useSearchParams();
  if (token !== null) return <Navigate to={safeBack(params.get('back'))} replace />;
  return (
    <div className="login">
      <section className="login-story">
        <div className="row">
          <img src={`${import.meta.env.BASE_URL}mark.svg`} width={36} height={36} alt="" />
          <b style={{ fontSize: 18, color: '#fff' }}>熟客 Shuke</b>
        </div>
        <div>
          <h1>每一分钱怎么分，大家看到的是同一本账</h1>
          <p>订单、分账、对账单和证明，总部与加盟商随时可查，也可以离线重算一遍。</p>
        </div>
        <span className="small" style={{ color: '#9fb6bc' }}>
          总部与加盟商工作台
        </span>
      </section>
      <section className="login-form">
        <LoginForm />
      </section>
    </div>
  );
}
