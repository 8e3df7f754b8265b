const subPackage = (root: string) => ({ root: `pages/${root}`, pages: ['index'] });

export default defineAppConfig({
  pages: ['pages/home/index', 'pages/category/index', 'pages/cart/index', 'pages/mine/index'],
  subPackages: [
    'product',
    'search',
    'checkout',
    'pay-result',
    'orders',
    'order-detail',
    'my-guide',
    'guide-card',
    'stores',
    'addresses',
    'settings',
  ].map(subPackage),
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['pages/product'] },
    'pages/cart/index': { network: 'all', packages: ['pages/checkout'] },
  },
  window: {
    navigationBarBackgroundColor: process.env.TARO_ENV === 'weapp' ? '@navBackground' : '#ffffff',
    navigationBarTextStyle: (process.env.TARO_ENV === 'weapp' ? '@navText' : 'black') as 'black',
    navigationBarTitleText: '雪岭',
    backgroundColor: process.env.TARO_ENV === 'weapp' ? '@ground' : '#f3f5f7',
    backgroundTextStyle: 'dark',
  },
  tabBar: {
    color: process.env.TARO_ENV === 'weapp' ? '@tabText' : '#66737f',
    selectedColor: process.env.TARO_ENV === 'weapp' ? '@tabSelected' : '#1d4a63',
    backgroundColor: process.env.TARO_ENV === 'weapp' ? '@tabBackground' : '#ffffff',
    borderStyle: 'white',
    list: [
      {
        pagePath: 'pages/home/index',
        text: '首页',
        iconPath: 'assets/tab/home.png',
        selectedIconPath: 'assets/tab/home-on.png',
      },
      {
        pagePath: 'pages/category/index',
        text: '分类',
        iconPath: 'assets/tab/category.png',
        selectedIconPath: 'assets/tab/category-on.png',
      },
      {
        pagePath: 'pages/cart/index',
        text: '购物车',
        iconPath: 'assets/tab/cart.png',
        selectedIconPath: 'assets/tab/cart-on.png',
      },
      {
        pagePath: 'pages/mine/index',
        text: '我的',
        iconPath: 'assets/tab/mine.png',
        selectedIconPath: 'assets/tab/mine-on.png',
      },
    ],
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
  requiredPrivateInfos: ['getFuzzyLocation', 'chooseLocation'],
  permission: { 'scope.userFuzzyLocation': { desc: '用来找到离你最近的雪岭门店' } },
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
});
