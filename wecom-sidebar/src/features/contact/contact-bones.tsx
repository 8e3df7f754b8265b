import { Bone } from '../../design/states';

/** The shape of the first screen while the one request is under way. */
export function ContactBones() {
  return (
    <div role="status" aria-label="正在认人" data-testid="contact-bones">
      <div className="who">
        <div className="row g12">
          <Bone w={48} h={48} r={24} />
          <div className="grow" style={{ display: 'grid', gap: 8 }}>
            <Bone w="50%" h={20} />
            <Bone w="70%" h={12} />
          </div>
        </div>
        <div style={{ marginTop: 12 }}>
          <Bone h={36} r={8} />
        </div>
        <div className="row g12" style={{ marginTop: 14 }}>
          <Bone h={40} />
          <Bone h={40} />
          <Bone h={40} />
        </div>
      </div>
      <div className="now" style={{ display: 'grid', gap: 10 }}>
        <Bone w={40} h={12} />
        <Bone h={52} />
        <Bone h={52} />
      </div>
    </div>
  );
}
