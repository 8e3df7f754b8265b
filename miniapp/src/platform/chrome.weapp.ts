import Taro from '@tarojs/taro';

const LIGHT = { ground: '#ffffff', front: '#000000', text: '#5d6974', selected: '#2f7a6f' };
const DARK = { ground: '#182129', front: '#ffffff', text: '#93a0ab', selected: '#8fd1c5' };
let painted: 'auto' | 'light' | 'dark' = 'auto';

/** WeChat's own bars follow the system through theme.json; only a person's other choice is painted here. */
export function paintChrome(theme: 'auto' | 'light' | 'dark'): void {
  if (theme === 'auto' && painted === 'auto') return;
  painted = theme;
  const isDark = theme === 'dark' || (theme === 'auto' && Taro.getAppBaseInfo?.().theme === 'dark');
  const colours = isDark ? DARK : LIGHT;
  const quiet = () => undefined;
  Taro.setNavigationBarColor({ frontColor: colours.front, backgroundColor: colours.ground })?.catch?.(quiet);
  Taro.setTabBarStyle({
    color: colours.text,
    selectedColor: colours.selected,
    backgroundColor: colours.ground,
    borderStyle: isDark ? 'black' : 'white',
  })?.catch?.(quiet);
}
