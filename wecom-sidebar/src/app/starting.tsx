import { Bone } from '../design/states';

/** Shown for the few hundred milliseconds in which we learn who is asking and where. */
export function Starting({ isLeaving }: { isLeaving: boolean }) {
  return (
    <main role="status" aria-label={isLeaving ? '正在登录' : '正在打开'} data-testid="starting" style={{ padding: 16 }}>
      <div className="row g12">
        <Bone w={48} h={48} r={24} />
        <div className="grow" style={{ display: 'grid', gap: 8 }}>
          <Bone w="50%" h={20} />
          <Bone w="70%" h={12} />
        </div>
      </div>
      <div style={{ display: 'grid', gap: 12, marginTop: 16 }}>
        <Bone h={36} r={8} />
        <Bone h={64} r={8} />
        <Bone h={64} r={8} />
      </div>
      {isLeaving ? (
        <p className="weak" style={{ textAlign: 'center', marginTop: 24 }}>
          正在用企业微信登录…
        </p>
      ) : null}
    </main>
  );
}
