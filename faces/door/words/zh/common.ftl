# 各页共用。
day-today = 今天
day-tomorrow = 明天
day-yesterday = 昨天
day-and-clock = { $day } { $clock }
day-of-week = { $date } 周{ $weekday ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
   *[7] 日
 }
date = { $month } 月 { $day } 日
date-with-year = { $year } 年 { $month } 月 { $day } 日
left-minutes = { $n } 分钟
left-hours = { $n } 小时
left-days = { $n } 天

skip = 跳到正文
demo-bar-name = 演示说明
demo-bar = 这是演示集市:店铺、商品、订单和钱都是虚构的
home-of = { $name } 首页
search = 搜索
search-label = 搜索商品
search-hint = 搜商品、品牌、型号
mine = 我的
main-places = 主要页面
home = 首页
categories = 分类
cart = 购物车
orders = 订单
log-in = 登录
open-a-shop = 商家入驻
open-api = 开放接口
theme = 深浅色
foot-promise = { $name } · 交易由平台担保:确认收货后,货款才付给卖家。
form-refused = 还差一步
pager = 翻页
pager-shown = 本页 { $n } 条
pager-first = 回到第一页
pager-next = 下一页
price-from = 起
sold-out = 售罄
wrong-missing = 没有这一页
wrong-forbidden = 没有权限
wrong-busy = 现在忙不过来
wrong-busy-detail = 什么都没有改动。过几秒再试,刚才的操作不会重复生效。
wrong-broken = 我们出错了
wrong-request = 这个请求不能处理
wrong-again = 再试一次
wrong-home = 回首页
wrong-request-id = 请求编号 { $id },反馈时带上它。
account = 我的
account-mine = 我买的
account-work = 我的工作台
account-logins = 登录名
operator-console = 运营后台
quotations = 报价单
addresses = 收货地址
register = 注册
log-out = 退出登录
said-welcome = 已登录
said-logged-out = 已退出登录
login-name = 邮箱或手机号
login-name-hint = 手机号带国家码,如 +8613800000000
password = 密码
password-hint = 至少 8 个字符
person-name = 姓名或昵称
no-account-yet = 还没有账户?
have-an-account = 已有账户?
addresses-none = 还没有收货地址
addresses-none-detail = 在下面添加一个,结算时直接选用。
address-new = 添加地址
address-add = 保存地址
address-remove = 删除
said-address-added = 地址已保存
said-address-removed = 地址已删除,已下的订单不受影响
recipient-name = 收件人
recipient-phone = 电话
recipient-lines = 详细地址
recipient-lines-hint = 省、市、区、街道、门牌
recipient-region = 地区代码(可不填)
recipient-postal = 邮编(可不填)
recipient-country = 国家或地区
recipient-country-hint = 两个大写字母,如 CN、GB
