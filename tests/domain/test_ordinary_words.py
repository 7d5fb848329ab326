"""Ordinary words of clerks, each heard as what it says; and harmless remarks, of which nothing is heard."""

import pytest

from sanchuang_cli.domain.remarks import Matter, heard

NAME = "王守田"
SAID = {
    Matter.DEAD: "过逝 已病世 人已经没了 本人己故 亡2026.5 死(2026.5) 逝于2026.5 已经亡 享年85岁 2026年5月因病医治无效 终年82岁 邻居反映人已不在",
    Matter.STOPPED: (
        "不发 暂不发 先不发 停 已停 2026.8停 本季度不发 不予发 不应发放 不符合发放条件 不符合 不享受 已清退 应追缴 追回 暂扣 扣发 停薪 "
        "取消 已取消 取消待遇 取消推荐 在他村领取"
    ),
    Matter.UNDECIDED: (
        "待核 待核实 待查 待定 有争议 正在核实 立案审查 被立案调查 正在接受审查调查 涉嫌犯罪 涉黑 党龄待核实 身份证号待核实 错误 有误 填错了 ？"
    ),
    Matter.CUSTODY: "被拘留 在看守所 被抓 判三缓四 蹲监狱 在逃 强制戒毒 有前科 曾受刑事处罚 2019年犯诈骗罪 被留置",
    Matter.VOID: (
        "误报 系误报 误录 查无此人 无此人 与3行重 与上行重 已合并到上一行 此行不算 应删 删 删掉 划掉 虚报 已撤销 已注销"
    ),
    Matter.MOVED: "户口转走 户口落到女儿家 户口已落哈尔滨 迁户至外省 户口已销 已销户",
    Matter.ON_PAYROLL: "已考公 已吃财政 公职人员 考入事业单位 2025年10月入编 领取退休工资 有退休金",
    Matter.LEFT: "被免 2026.5被免 因违纪下台 2026.4.10调任镇政府 调到东湾村",
    Matter.SUSPENDED: "脱岗 不在岗 吃空饷",
    Matter.REDUCED: "只发70% 只发基础报酬 绩效不发 按50%补",
    Matter.PAYEE: "卡在儿子手里 钱打给女儿 其妻领取",
    Matter.INSURED: "已退保 断保 未缴 未缴费 未续保 已转职工养老 单位已交",
    Matter.REFUSED: "失信被执行人 征信不良 不予支持 评议未过 不推荐 纪委不同意 信访未结 政审未过 政审有问题",
    Matter.DISCIPLINED: "受警告 受过警告 受到警告 记过",
    Matter.OUT_OF_PARTY: "已不是党员 不再是党员",
    Matter.NOT_MEMBER: "群众",
    Matter.UNDONE: (
        "未放款 误收 敲门无人应 上门未遇 没在家 人不在 电话无人接听 拟上门走访 改期 代检 其子代检 冒名 没来 未公开 未张贴 "
        "还没有张贴 已撕毁 拟公开"
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "matter"), [(text, matter) for matter, texts in SAID.items() for text in texts.split()]
)
def test_an_ordinary_word_is_heard_as_what_it_says(text: str, matter: Matter) -> None:
    assert {one.matter for one in heard(text, NAME) if not one.doubt} == {matter}


@pytest.mark.parametrize(
    "text",
    [
        "妻子被拘留",
        "儿子考公",
        "女儿待定",
        "儿子户口转走",
        "老伴过逝",
        "子女均为公职人员",
        "儿子被立案调查",
        "低保停",
        "高龄津贴暂扣",
    ],
)
def test_of_others_and_of_other_moneys_it_is_not_said_of_the_person(text: str) -> None:
    assert all(one.doubt for one in heard(text, NAME))


@pytest.mark.parametrize(("text", "day"), [("2026.8停", "2026-08"), ("亡2026.5", "2026-05"), ("2025年10月入编", "2025-10")])  # fmt: skip
def test_a_date_beside_such_a_word_is_its_own(text: str, day: str) -> None:
    assert [str(one.when) for one in heard(text, NAME)] == [day]


HARMLESS = """
    绩效待定 年度考核待定 考核等次待定 撤并 会议改期补差价
    户口落在本村 户口落户我村 户口落实 无犯罪记录 无违法犯罪记录 无前科 未受过刑事处罚 无刑事处罚记录 登记过 没犯过罪 不予发展 终年在外打工 不涉黑
    暂不发展党员 停车场管理员 公示无异议 无人应聘 未遇到困难 未来产业带头人 没来过外地 没有来往
    粮食代检员 被撕裂伤 补贴打给本人 其妻领取低保 与上行同姓 与3行同村 1998年由东湾村调到西岭村任书记
    由东湾村调任 工资调到三档 低保调到二类 未入编 非公职人员 无公职人员 公职人员家属 农村没有退休金
    无退休工资 不领退休金 未吃财政 父亡2026.5 父逝于2020年 老人已不在本村住 只领基础养老金 按50%补缴
    未脱岗 待定岗 胃部肿块待查 肺部结节待查 土地有争议 宅基地有争议 接受调查问卷 户口落到本村
    年轻时在逃荒途中落户本村 非失信人员 未列入失信人名单 不是失信被执行人 接受警告教育 未受警告
    参考公告第3号 参保正常 按时缴费 已缴费 电话待核 电话待核实 电话号码待核实 手机号码待核实 照片待补
    地址待核实 档案待查 下台阶摔伤 全免学费 学费减免 病重 病情加重 重病 删繁就简 已核实 已核对
    已核实无误 核实无误 无误 无问题 没有问题 停电 停水 误工 误工费 低保已停 五保 低保户 五保户 党员
    老党员 换卡 新卡 旧卡已注销 补录 新增 无 已到账 准时发放 按月发放 按时发放 打卡发放 一卡通发放
    社保卡发放 现金发放 本人签领 本人已领 已领 已签字 已公开 已张贴 已公示 按期公开 重新张贴 张贴在村部
    入户走访 已走访 上门走访 在家 不在村 外出务工 在外打工 外出 随子女居住 人户分离 空挂户 户口在本村
    户口在外村 出生日期以身份证为准 身份证号已更正 账号已更正 银行卡已换 开户行变更 姓名更正
    曾用名王守天 同名不同人 党龄30年 入党时间补填 任职时间以档案为准 任职文件丢失 组织部认定
    县委组织部批准 会议研究同意 经村两委研究同意 同意 符合条件 符合发放条件 不符合低保条件 享受 享受低保
    享受五保 不享受低保 未享受低保 体检正常 体检合格 已体检 高血压 糖尿病 糖尿病，脑梗 肢体二级残疾
    残疾证号更正 精神二级 因病卧床 独居 与老伴同住 老两口 单身 离异 丧偶 孤寡 退役军人 复员军人 参战
    劳模 返乡创业 种植大户 养殖户 合作社理事长 致富带头人 大学生村官 挂职 第一书记 驻村工作队 下派干部
    兼任主任 一肩挑 书记主任一肩挑 新当选 换届新任 2021年换届当选 接任 临时负责 主持工作 代理书记 见附件
    详见附件 见会议纪要 同上 其他 无其他说明 按文件执行 按标准发放 按100%发放 全额发放 足额发放
    补发1-3月 补发上季度
"""


@pytest.mark.parametrize("text", HARMLESS.split())
def test_of_a_harmless_remark_nothing_is_heard_that_would_set_a_row_aside(text: str) -> None:
    assert [one for one in heard(text, NAME) if not one.doubt] == []
