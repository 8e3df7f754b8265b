export default definePageConfig({
  navigationBarTitleText: '砍价',
  enableShareAppMessage: true,
  enablePullDownRefresh: true,
});
