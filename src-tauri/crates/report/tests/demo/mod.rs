//! A quarterly review as the builder makes it, in two languages, with invented figures.
#![allow(dead_code, clippy::type_complexity)]

mod later;

use later::{change, contracts, latency, method, mix, tenants};
use report::chart::*;
use report::doc::*;
use report::locale::Language;
use report::table::*;

/// English or Chinese.
fn t(zh: bool, en: &str, cn: &str) -> String {
    if zh { cn.into() } else { en.into() }
}

pub fn axis(label: &str, max: f64, ticks: &[(f64, String)]) -> Axis {
    Axis {
        label: label.into(),
        min: 0.0,
        max,
        ticks: ticks.iter().map(|(at, l)| Tick { at: *at, label: l.clone() }).collect(),
    }
}

pub fn column(title: &str, align: Align, weight: f64) -> TableColumn {
    TableColumn { title: title.into(), align, weight }
}

fn table(columns: &[(&str, bool, f64)], rows: Vec<Vec<Cell>>, total: Option<Vec<Cell>>) -> TableSpec {
    let columns =
        columns.iter().map(|(n, right, w)| column(n, if *right { Align::Right } else { Align::Left }, *w)).collect();
    TableSpec { columns, rows, total }
}

fn cells(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|t| Cell::plain(*t)).collect()
}

fn figure(label: String, value: &str, note: String, tone: Tone) -> Figure {
    Figure { label, value: value.into(), note, tone }
}

fn chart(title: String, subtitle: String, x: Axis, y: Axis, marks: Marks, annotations: Vec<Annotation>) -> Block {
    let summary = title.clone();
    Block::Chart {
        chart: Box::new(ChartSpec { title, subtitle, summary, x, y, marks, annotations, table: TableSpec::default() }),
    }
}

fn page(
    id: &str,
    kicker: String,
    headline: String,
    subtitle: String,
    blocks: Vec<Block>,
    commentary: Option<String>,
) -> Page {
    Page { id: id.into(), kicker, headline, subtitle, blocks, commentary }
}

/// Nine pages, shaped like the quarterly review.
pub fn demo(language: Language) -> ReportDoc {
    let zh = language == Language::ZhCn;
    ReportDoc {
        title: t(zh, "Quarterly review, Q3 2026", "2026 年第三季度回顾"),
        subtitle: t(zh, "AI operations", "AI 运营"),
        workspace: "Meridian Health".into(),
        period: t(zh, "1 July to 30 September 2026", "2026年7月1日至9月30日"),
        sample_notice: Some(t(zh, "Sample data", "示例数据")),
        language: language.tag().into(),
        provenance: t(
            zh,
            "Sources: 3 usage imports to 30 Sep, price book of 1 Oct, revision 4,812 · Quarterdeck 0.1.0",
            "数据来源：截至 9 月 30 日的 3 次用量导入，10 月 1 日价目表，修订 4,812 · Quarterdeck 0.1.0",
        ),
        pages: vec![
            cover(zh),
            summary(zh),
            spend(zh),
            economics(zh),
            mix(zh),
            change(zh),
            tenants(zh),
            latency(zh),
            contracts(zh),
            method(zh),
        ],
    }
}

fn cover(zh: bool) -> Page {
    let lines = vec![
        t(zh, "Prepared on 2 October 2026 for the AI operating committee", "2026年10月2日为 AI 运营委员会编制"),
        t(
            zh,
            "All amounts in US dollars, list and contract prices as of the day of use",
            "所有金额以美元计，按使用当日的目录价与合同价计算",
        ),
    ];
    page(
        "cover",
        t(zh, "AI operations", "AI 运营"),
        t(zh, "Quarterly review, Q3 2026", "2026 年第三季度回顾"),
        t(zh, "1 July to 30 September 2026", "2026年7月1日至9月30日"),
        vec![Block::Cover { lines }],
        None,
    )
}

fn summary(zh: bool) -> Page {
    let figures = vec![
        figure(
            t(zh, "Spend", "支出"),
            if zh { "US$248 万" } else { "$2.48 M" },
            t(zh, "▲ 8.1 % on Q2", "较二季度 ▲ 8.1 %"),
            Tone::Warn,
        ),
        figure(
            t(zh, "Cost per successful session", "每次成功会话成本"),
            if zh { "US$0.208" } else { "$0.208" },
            t(zh, "▼ 12.9 % on Q2", "较二季度 ▼ 12.9 %"),
            Tone::Good,
        ),
        figure(
            t(zh, "Successful sessions", "成功会话"),
            if zh { "1,192 万" } else { "11.92 M" },
            t(zh, "▲ 24.1 % on Q2", "较二季度 ▲ 24.1 %"),
            Tone::Good,
        ),
        figure(t(zh, "Gross margin", "毛利率"), "68.4 %", t(zh, "target 65 %", "目标 65 %"), Tone::Good),
        figure(t(zh, "Cache hit rate", "缓存命中率"), "41.3 %", t(zh, "▲ 18 points", "▲ 18 个百分点"), Tone::Good),
        figure(t(zh, "Commitment drawn", "承诺用量"), "71 %", t(zh, "one contract over", "一份合同超额"), Tone::Bad),
    ];
    let items = vec![
        t(
            zh,
            "Caching for Support chat saves $9.8k a day since 22 August, 94 % of what was planned.",
            "8月22日起，客服对话启用缓存，每天节省 US$9,800，达到计划的 94 %。",
        ),
        t(
            zh,
            "Code review doubled its sessions and is now a fifth of spend at 12 % cache hits.",
            "代码评审的会话数翻倍，已占支出的五分之一，缓存命中率仅 12 %。",
        ),
        t(
            zh,
            "Lumen will pass its commitment in November; overage costs $1.20 per million tokens more.",
            "Lumen 将在 11 月超出承诺用量，超额部分每百万词元多付 US$1.20。",
        ),
        t(zh, "Gross margin is 68.4 % against a target of 65 %.", "毛利率 68.4 %，目标为 65 %。"),
    ];
    let said = t(
        zh,
        "Decision asked: cache the Code review prefix in October, worth $41k to $58k a quarter.",
        "待决事项：十月启用代码评审前缀缓存，每季度可节省 US$4.1 万至 5.8 万。",
    );
    page(
        "summary",
        t(zh, "Summary", "摘要"),
        t(
            zh,
            "A successful session costs 12.9 % less than in Q2, although traffic grew by a quarter",
            "流量增长四分之一，而每次成功会话的成本较二季度下降 12.9 %",
        ),
        t(zh, "Q3 2026 against Q2 2026", "2026 年第三季度与第二季度对比"),
        vec![Block::Figures { figures }, Block::Bullets { items }],
        Some(said),
    )
}

pub fn spend_chart(zh: bool) -> ChartSpec {
    let days = 92;
    let x: Vec<f64> = (0..days).map(f64::from).collect();
    let names = [
        ("Other", "其他", ColourToken::Rest, 1.6),
        ("Agent ops", "智能体运维", ColourToken::Series5, 2.9),
        ("Summaries", "摘要生成", ColourToken::Series4, 3.8),
        ("Code review", "代码评审", ColourToken::Series3, 5.2),
        ("Doc search", "文档检索", ColourToken::Series2, 6.4),
        ("Support chat", "客服对话", ColourToken::Series1, 9.2),
    ];
    let mut state = 7_u64;
    let mut noise = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f64 / (1u64 << 24) as f64 - 0.5
    };
    let series = names
        .iter()
        .map(|(en, cn, colour, base)| {
            let values = (0..days)
                .map(|d| {
                    let weekend = matches!(d % 7, 4 | 5);
                    let trend =
                        1.0 + 0.32 * f64::from(d) / 92.0 - if *en == "Support chat" && d > 52 { 0.18 } else { 0.0 };
                    Some(base * trend * if weekend { 0.72 } else { 1.0 } * (1.0 + 0.05 * noise()))
                })
                .collect::<Vec<_>>();
            let labels = values.iter().map(|v| v.map_or("—".into(), |v| format!("${v:.1}k"))).collect();
            Series { name: t(zh, en, cn), colour: *colour, values, labels }
        })
        .collect();
    let money = |k: i32| if zh { if k == 0 { "0".into() } else { format!("US${k} 千") } } else { format!("${k}k") };
    let month = |m: i32, en: &str| if zh { format!("{m}月1日") } else { format!("1 {en}") };
    let ticks =
        [(0.0, month(7, "Jul")), (31.0, month(8, "Aug")), (62.0, month(9, "Sep")), (91.0, t(zh, "30 Sep", "9月30日"))];
    ChartSpec {
        title: t(zh, "Spend per day by feature", "按功能划分的每日支出"),
        subtitle: t(zh, "USD thousand per day, 92 days, data to 30 September", "千美元/天，92 天，数据截至 9 月 30 日"),
        summary: String::new(),
        x: axis("", 91.0, &ticks),
        y: axis("", 40.0, &[0, 10, 20, 30, 40].map(|k| (f64::from(k), money(k)))),
        marks: Marks::StackedArea { x, x_labels: Vec::new(), series, step: false },
        annotations: vec![
            Annotation::Target { at: 31.0, label: t(zh, "budget $31k a day", "预算 US$31 千/天") },
            Annotation::Event {
                at: 52.0, label: t(zh, "prompt caching on, Support chat", "客服对话启用提示缓存")
            },
            Annotation::Event { at: 60.0, label: t(zh, "new price book", "新价目表") },
        ],
        table: TableSpec::default(),
    }
}

fn spend(zh: bool) -> Page {
    let figures = vec![
        figure(
            t(zh, "Spend", "支出"),
            if zh { "US$248 万" } else { "$2.48 M" },
            t(zh, "▲ 8.1 % on Q2", "较二季度 ▲ 8.1 %"),
            Tone::Warn,
        ),
        figure(
            t(zh, "Budget", "预算"),
            if zh { "US$285 万" } else { "$2.85 M" },
            t(zh, "87 % used", "已用 87 %"),
            Tone::Plain,
        ),
        figure(t(zh, "Peak day", "单日峰值"), "$37,841", t(zh, "29 September", "9月29日"), Tone::Plain),
        figure(
            t(zh, "Saved by caching", "缓存节省"),
            if zh { "US$38.2 万" } else { "$382k" },
            t(zh, "since 22 August", "自 8月22日起"),
            Tone::Good,
        ),
    ];
    let said = t(
        zh,
        "Spend passed the daily budget on 41 of 92 days, all of them working days.\n\n- Support chat fell by a fifth when caching went on.\n- Code review is the only feature that still grows faster than its sessions.",
        "92 天中有 41 天超出每日预算，全部为工作日。\n\n- 启用缓存后，客服对话的支出下降五分之一。\n- 代码评审是唯一支出增速高于会话增速的功能。",
    );
    page(
        "spend",
        t(zh, "Spend", "支出"),
        t(
            zh,
            "Spend grew by 8.1 % to $2.48 M, a third of the growth in traffic",
            "支出增长 8.1 %，达 US$248 万，仅为流量增幅的三分之一",
        ),
        String::new(),
        vec![Block::Figures { figures }, Block::Chart { chart: Box::new(spend_chart(zh)) }],
        Some(said),
    )
}

fn economics(zh: bool) -> Page {
    let rows: [(&str, &str, &str, &str, &str, f64, f64, f64); 6] = [
        ("Support chat", "客服对话", "5,120,400", "$0.171", "−24.6 %", 0.171, 0.166, 0.177),
        ("Doc search", "文档检索", "3,310,220", "$0.148", "−6.2 %", 0.148, 0.141, 0.155),
        ("Code review", "代码评审", "1,004,310", "$0.492", "+9.8 %", 0.492, 0.455, 0.530),
        ("Summaries", "摘要生成", "1,722,900", "$0.139", "−3.1 %", 0.139, 0.131, 0.146),
        ("Agent ops", "智能体运维", "402,118", "$0.604", "+1.4 %", 0.604, 0.541, 0.668),
        ("Other", "其他", "360,052", "$0.310", "—", 0.310, 0.283, 0.337),
    ];
    let bars = rows
        .iter()
        .map(|r| Bar {
            name: t(zh, r.0, r.1),
            value: Some(r.5),
            label: r.3.into(),
            colour: if r.0 == "Other" { ColourToken::Rest } else { ColourToken::Series1 },
            low: Some(r.6),
            high: Some(r.7),
        })
        .collect();
    let body = rows
        .iter()
        .map(|r| {
            let tone = if r.4.starts_with('+') {
                Tone::Bad
            } else if r.4 == "—" {
                Tone::Muted
            } else {
                Tone::Good
            };
            vec![Cell::plain(t(zh, r.0, r.1)), Cell::plain(r.2), Cell::plain(r.3), Cell::toned(r.4, tone)]
        })
        .collect();
    let heads = if zh {
        ["功能", "成功会话", "每次成本", "较二季度"]
    } else {
        ["Feature", "Successful sessions", "Cost each", "On Q2"]
    };
    let spec = table(
        &[(heads[0], false, 1.6), (heads[1], true, 1.2), (heads[2], true, 1.0), (heads[3], true, 1.0)],
        body,
        Some(cells(&[&t(zh, "All features", "全部功能"), "11,920,000", "$0.208", "−12.9 %"])),
    );
    page(
        "economics",
        t(zh, "Unit economics", "单位经济"),
        t(
            zh,
            "Five of six features got cheaper per successful session; Code review got dearer",
            "六项功能中有五项的单次成功成本下降，代码评审上升",
        ),
        t(
            zh,
            "Cost per successful session, USD, with 95 % intervals; Q3 2026, n = 11.92 M sessions",
            "每次成功会话成本（美元），95 % 区间；2026 年第三季度，n = 1,192 万次会话",
        ),
        vec![
            chart(
                t(zh, "Cost per successful session", "每次成功会话成本"),
                String::new(),
                axis("", 0.7, &[]),
                axis("", 0.7, &[0, 2, 4, 6].map(|k| (f64::from(k) / 10.0, format!("$0.{k}0")))),
                Marks::Bar { bars, horizontal: true },
                vec![Annotation::Target { at: 0.25, label: t(zh, "target $0.25", "目标 $0.25") }],
            ),
            Block::Table { table: spec },
        ],
        Some(t(
            zh,
            "- Code review sends 38k tokens of repository context with every call; none of it is cached yet.\n- Agent ops is small, its interval is wide: read its change with care.",
            "- 代码评审每次调用都发送 3.8 万词元的仓库上下文，尚未缓存。\n- 智能体运维样本较小、区间较宽，变化需谨慎解读。",
        )),
    )
}
