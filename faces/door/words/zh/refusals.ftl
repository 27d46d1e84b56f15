### 拒绝:一个代码一句话,先说哪里不对,再说怎么改。不怪任何人。
### 变量是拒绝附带的事实;金额与时间已按语言写好,数量是数字。同一代码在不同地方带的事实不同,只用到处都有的。

## 谁都可能说的

refusal-id-malformed = 编号不完整或有误。从页面上重新复制编号,不要手动改动。
refusal-not-found = 没有找到,可能已移走,也可能不在你的账户名下。核对网址,或换登录账户再试。
refusal-login-needed = 这一步需要登录。登录后会回到这里。
refusal-permission-missing = 这一步需要权限 { $permission }。联系店主或运营方授权后再做。
refusal-out-of-range = 数值应在 { $least } 到 { $most } 之间。改成范围内的数值。
refusal-too-long = 最多 { $most } 个字符。删去一些再提交。
refusal-required = 这一项必填。填写后再提交。
refusal-not-text = 内容里有无法显示的字符。删去后重新输入。
refusal-malformed = 格式不符合要求。按这一项的说明重新填写。
refusal-too-many = 最多 { $most } 个。减少一些再提交。
refusal-too-large = 数值超出上限。改小后再提交。
refusal-currency-mismatch = 币种应为 { $expected },现在是 { $found }。统一币种后再提交。
refusal-idempotency-key-reused = 这个幂等键已用于另一个请求。换一个新的键再提交。
refusal-in-progress = 相同的请求正在处理。稍等几秒,再看结果。
refusal-cursor-malformed = 翻页位置已失效。回到第一页重新翻看。
refusal-unavailable =
    { $reason ->
        [locked] 系统正忙,什么都没有改动。稍后再提交一次。
        [full] 系统存储空间已满,什么都没有改动。腾出空间后再提交一次。
       *[other] 系统暂时连不上数据库,什么都没有改动。稍后再提交一次。
    }

## 请求本身

refusal-no-such-route = 这个网址下没有内容。核对网址,或从首页进入。
refusal-link-spent = 链接已用过或已失效。重新索取一个链接。
refusal-method-not-allowed = 这个网址不支持这种操作。从页面上的按钮进入,或查阅接口文档。
refusal-csrf = 表单已过期,或来自别的网站。重新打开页面,再填写提交。
refusal-unknown-field = 这里不认识字段 { $field }。对照说明,删去或改正字段名。
refusal-body-malformed = 提交的内容无法读取。检查格式后重新提交。
refusal-body-too-large = 内容太大,最多 { $most } 字节。缩小或分成几次提交。
refusal-unsupported-media-type = 这里只接受 { $expected } 类型的内容。换成这种类型再提交。
refusal-idempotency-key-malformed = 幂等键格式不对。换成文档所写格式的键再提交。
refusal-too-many-requests = 请求太频繁。稍等片刻再试。
refusal-broken = 我们的系统出错了。稍后再试;仍不行,就附上请求编号告诉我们。

## 账户与权限

refusal-login-taken = 这个邮箱或手机号已有账户。直接登录,或换一个。
refusal-login-failed = 登录名或密码不对。核对后再试。
refusal-too-many-attempts = 密码连续输错多次,登录已暂停到 { $until }。到时再试。
refusal-account-blocked = 这个账户已停用,密码没有问题。联系运营方了解原因。
refusal-password-too-short = 密码至少 { $least } 个字符。加长后再提交。
refusal-already-claimed = 这个账户已设过密码。用密码登录。
refusal-already-set-up = 市场已经设置好了。用运营账户登录。
refusal-not-claimed = 这个账户还没有密码。先打开邀请链接设置密码。
refusal-already-joined = 这些游客订单已并入另一个账户。登录那个账户查看。
refusal-not-a-guest = 只有游客身份能并入账户。退出登录,打开订单链接后再试。
refusal-not-a-person = 只有个人账户能登录和获得授权。换一个个人账户再试。
refusal-wrong-state = 现在的状态不能做这一步,可能刚有人处理过。刷新页面,看最新状态。
refusal-scope-mismatch = { $permission } 不能授在{ $scope ->
        [market] 整个市场
        [merchant] 商家
        [shop] 店铺
        [warehouse] 仓库
        [organisation] 采购组织
       *[other] 这个
    }范围。换一个授权范围。

## 商家与店铺

refusal-slug-taken = 这个店铺网址名已被使用。换一个名字。
refusal-shop-frozen = 店铺已冻结,暂时不能卖新的商品。联系运营方了解怎样解除。
refusal-shop-not-open =
    { $state ->
        [closing] 店铺正在停业,不再接新单。看看别的店铺。
        [closed] 店铺已停业。看看别的店铺。
       *[other] 店铺还没有开业。等它开业后再来。
    }
refusal-paper-missing = 还缺{ $paper ->
        [id_card] 身份证
        [licence] 营业执照
        [trademark] 商标注册证
        [authorisation] 品牌授权书
        [category] 类目资质
       *[other] 一份资质证照
    }。上传后再提交。
refusal-paper-expired = { $paper ->
        [id_card] 身份证
        [licence] 营业执照
        [trademark] 商标注册证
        [authorisation] 品牌授权书
        [category] 类目资质
       *[other] 一份资质证照
    }已过期。换成在有效期内的再提交。
refusal-check-digit-wrong = { $paper ->
        [id_card] 身份证号
        [licence] 统一社会信用代码
       *[other] 证照号码
    }的校验位对不上。对照原件逐位核对。
refusal-too-soon = 上次没有通过,{ $from } 起可以再提交。先按退回意见修改。
refusal-deposit-exceeds-due = 保证金只差 { $rest }。按这个金额缴纳。
refusal-already-signed = 这一版合同已经签过。去做入驻的下一步。
refusal-account-name-mismatch = 银行账户户名应与商家的认证名称一致。换成本商家名下的账户。
refusal-no-bank-account = 还没有收款银行账户。先添加账户,再提现。
refusal-account-cooling = 新加的银行账户 { $until } 起才能收款。到时再提现。

## 市场参数

refusal-unknown-setting = 没有名为 { $key } 的市场参数。从参数列表里选一个。

## 商品

refusal-unknown-sku = 没有这个规格。回到商品页重新选择。
refusal-unknown-listing = 没有这件商品。回到列表重新选择。
refusal-unknown-category = 没有这个类目。从类目列表里选一个。
refusal-unknown-brand = 没有这个品牌。从品牌列表里选,或留空。
refusal-unknown-spu = 没有这个标准产品。重新查找,或不关联标准产品。
refusal-unknown-attribute = 这个类目没有属性 { $code }。删去这个属性,或换一个类目。
refusal-wrong-attribute-type = 属性 { $code } 应填{ $expected ->
        [text] 文字
        [number] 数字
        [flag] 是或否
        [choice] 列出的选项
       *[other] 另一种值
    }。改成这种值再提交。
refusal-unknown-choice = 属性 { $code } 没有这个选项。从列出的选项里选。
refusal-attribute-missing = 这个类目的商品要填属性 { $code }。补上再提交。
refusal-attribute-twice = 这个类目或它的上级已有属性 { $code }。换一个名字,或用已有的。
refusal-category-twice = 同级已有类目 { $code }。换一个名字,或用已有的。
refusal-category-too-deep = 类目最多 { $most } 级。挂到更高一级下面。
refusal-sku-code-taken = 这件商品已有规格编码 { $code }。换一个编码。
refusal-title-missing = 商品还没有标题。填写标题再提交。
refusal-sku-missing = 商品没有在售的规格。添加一个规格并定价,再提交。
refusal-listing-state-forbids = 商品现在是{ $state ->
        [draft] 草稿
        [in_review] 审核中
        [listed] 上架
        [delisted] 下架
        [refused] 未通过审核的
       *[other] 另一种
    }状态,不能做这一步。刷新页面,看现在可以做什么。
refusal-listing-changed = 你打开之后,商品又有改动。重新打开,对照后再保存。
refusal-listing-barred = 商品由市场下架,只能由市场重新上架。联系运营方了解原因。
refusal-sku-delisted = 这个规格已停售。换一个规格,或从购物车移出。
refusal-listing-not-listed = 商品已下架。换一件,或从购物车移出。
refusal-price-missing = 这个规格还没有这个币种的价格。先定价,或换一个规格。
refusal-price-in-the-past = 新价格要晚于 { $now } 生效。改成之后的时间。

## 库存

refusal-out-of-stock =
    { $available ->
        [0] 已售完。换一个规格,或过些时候再来看。
       *[other] 现在最多能买 { $available } 个单位。减少数量再下单。
    }
refusal-not-reserved = 要释放或出库的数量多于预占的数量。刷新页面,按剩余的预占填写。
refusal-below-reserved = 已有 { $reserved } 个单位答应给订单,在库不能改成 { $on_hand }。改成不少于 { $reserved } 的数量,或先处理订单。
refusal-no-warehouse = 店铺还没有仓库。先添加仓库,再入库。

## 购物车与报价

refusal-not-in-cart = 购物车里没有这件商品。刷新购物车,看最新内容。
refusal-quotation-not-draft = 报价单已经发出,内容不能再改。撤回后另开一张。
refusal-quotation-not-open =
    { $state ->
        [draft] 报价单还没有发出。等卖家发出后再处理。
        [accepted] 报价单已经接受。去看由它生成的订单。
        [declined] 报价单已经谢绝。需要的话,请卖家再报一张。
        [withdrawn] 报价单已由卖家撤回。需要的话,请卖家再报一张。
       *[other] 报价单已不能再处理。需要的话,请卖家再报一张。
    }
refusal-quotation-expired = 报价单有效期到 { $until },现已过期。请卖家再报一张。
refusal-quotation-empty = 报价单里还没有商品。至少加一行再发出。
refusal-expiry-passed = 有效期要晚于 { $now }。改成之后的时间。

## 计价

refusal-no-lines = 没有选择商品。至少选一件再继续。
refusal-position-doubled = 有两行都排在第 { $position } 位。给每一行不同的位置。
refusal-amount-negative = 金额不能小于零。改成零或更大的金额。
refusal-price-scale-unknown = 价格只能按每 1、100 或 1000 个单位计,现在是 { $found }。换成其中一种。
refusal-price-changed = 总价已由 { $seen } 变为 { $now }。看过新价格,再确认下单。
refusal-line-unknown = 订单没有第 { $line } 行。刷新订单,重新选择。
refusal-line-doubled = 第 { $line } 行选了两次。合成一行再提交。
refusal-refund-exceeds-units = 最多还能退 { $left } 个单位。改成不超过它的数量。
refusal-refund-exceeds-paid = 退款超过了还能退的金额。刷新页面,按显示的可退金额填写。

## 订单

refusal-already-paid = 这笔款已经付过,不用再付。去看订单。
refusal-order-closed = 订单已关闭,不能再付款。需要的话重新下单。
refusal-already-extended = 收货时间已延长过一次,不能再延。收到货就确认收货;没收到就申请售后。
refusal-nothing-to-ship =
    { $left ->
        [0] 第 { $line } 行已全部发出。去掉这一行再提交。
       *[other] 第 { $line } 行只剩 { $left } 个单位未发。改成不超过它的数量。
    }
refusal-unknown-line = 订单没有第 { $line } 行。刷新订单,重新选择。
refusal-nothing-to-buy = 还没有选要买的商品。至少选一件再下单。

## 配送

refusal-waybill-used = 运单号 { $waybill } 已用在另一个包裹上。对照面单,填这个包裹的号码。
refusal-waybill-unknown = 没有运单号为 { $waybill } 的包裹。对照面单核对号码。
refusal-scan-in-future = 物流时间比现在({ $now })晚了一天以上。校准时钟,用正确的时间重新上报。

## 售后

refusal-case-open = 第 { $line } 行已有一个售后单在处理。去那个售后单里继续。
refusal-case-decided = 售后单已有结果,或已交运营方处理。刷新页面,看最新进展。
refusal-case-not-granted = 售后单还没有同意,不能退款。先同意售后单。
refusal-refund-already-sent = 退款已经发出,不用再退。去看退款进度。
refusal-refund-not-sent = 退款还没有发出。先发出退款,再记录结果。
refusal-reason-unknown = 没有这个售后原因,或它已停用。从列出的原因里选一个。

## 支付与资金

refusal-amount-mismatch = 金额应为 { $expected },渠道报的是 { $found }。按应付金额重新发起。
refusal-signature-invalid = 签名不对或缺少签名。用约定的密钥对原文重新签名。
refusal-stale-timestamp = 签名时间太早或太晚。校准时钟,重新签名再发送。
refusal-channel-refused = 支付渠道没有受理,代码 { $code }。稍后再试,或换一种支付方式。
refusal-merchant-mismatch = 消息里的商户号不是这个市场的。核对渠道的商户号设置。
refusal-refund-exists = 这份单据已经申请过退款。去看那笔退款的进度。
refusal-parts-do-not-sum = 各分项之和与总额 { $amount } 不符。核对分项再提交。
refusal-unbalanced-entry = 分录借贷不平,没有记账。这是我们的问题,把请求编号告诉我们。
refusal-entry-exists = 这件事已经记过账,不会再记一次。刷新页面,看最新结果。
refusal-payout-below-minimum = 每次至少提现 { $minimum }。提高金额,或等余额够了再来。
refusal-balance-short = 可提现余额是 { $available }。改成不超过它的金额。
refusal-payout-held = 提现冻结到 { $until },原因:{ $reason }。到时再提,或联系运营方。

## 试用支付

refusal-payment-closed = 这笔支付已关闭或超时。回到订单,重新发起支付。
refusal-not-paid = 这笔支付还没有付款,没有钱可退。先完成付款。
refusal-number-reused = 单号 { $number } 已用于内容不同的请求。换一个新的单号。

## 导入

refusal-unknown-map-field = 字段映射第 { $line } 行的 { $name } 不是可用的条目。对照示例映射改正。
refusal-map-malformed = 字段映射第 { $line } 行无法读取:{ $why }。改正这一行再导入。
refusal-unknown-column = 字段映射第 { $line } 行用到的列 { $name } 不在文件里。改正列名,或换文件。
refusal-column-twice = 文件里有两列都叫 { $name }。给其中一列改名再导入。
refusal-header-unreadable = 文件首行没有可读的列名:{ $why }。补上列名再导入。
refusal-wrong-encoding = 文件编码是 { $found },应为 UTF-8。另存为 UTF-8 再导入。
refusal-file-unreadable = 文件打不开:{ $why }。检查路径与权限,再导入。
