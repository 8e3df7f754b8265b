// Who takes part in the journeys. The consumer is new in every run, so that a used copy serves as well as a fresh one.
export function makeWorld({ product, desk, browser }) {
  const mark = Date.now().toString(36).slice(-6);
  const digits = String(Date.now()).slice(-7);
  let newcomers = 0;
  /** Somebody else whom the shop does not know, near the store of the journeys. */
  const newcomer = (role, nickname) => {
    newcomers += 1;
    return {
      key: `visitor-${mark}-${role}`,
      nickname: `${nickname}${mark.slice(-2)}`,
      gender: 2,
      phone: `136${newcomers % 10}${digits}`,
      city: '杭州',
      places: [{ name: '家', address: '上城区青年路 18 号', latitude: 30.2521, longitude: 120.1663 }],
    };
  };
  return {
    newcomer,
    server: product.server,
    desk,
    browser,
    person: {
      key: `visitor-${mark}`,
      nickname: `夏小雨${mark.slice(-2)}`,
      gender: 2,
      phone: `139${String(Date.now()).slice(-8)}`,
      city: '杭州',
      places: [
        { name: '家', address: '上城区青年路 18 号', latitude: 30.2521, longitude: 120.1663 },
        { name: '公司', address: '上城区富春路 290 号', latitude: 30.2478, longitude: 120.2094 },
      ],
    },
    guide: { userid: 'G0008', name: '江梦洁', storeName: '杭州龙翔里店' },
  };
}
