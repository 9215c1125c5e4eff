//! The second half of the demonstration.
#![allow(clippy::type_complexity)]

use report::chart::*;
use report::doc::*;
use report::table::*;

use super::{axis, cells, chart, page, t, table};

pub fn mix(zh: bool) -> Page {
    let categories = ["opal-large", "opal-mini", "sable-2", "quill-70b", "embed-3"].map(String::from).to_vec();
    let parts = [
        ("Cached input", "缓存输入", ColourToken::Series2, [31.0, 44.0, 12.0, 0.0, 0.0]),
        ("Fresh input", "新输入", ColourToken::Series1, [38.0, 30.0, 61.0, 72.0, 100.0]),
        ("Output", "输出", ColourToken::Series3, [22.0, 21.0, 19.0, 28.0, 0.0]),
        ("Reasoning", "推理", ColourToken::Series5, [9.0, 5.0, 8.0, 0.0, 0.0]),
    ];
    let series = parts
        .iter()
        .map(|(en, cn, colour, values)| Series {
            name: t(zh, en, cn),
            colour: *colour,
            values: values.iter().map(|v| (*v > 0.0).then_some(*v)).collect(),
            labels: values.iter().map(|v| format!("{v:.0} %")).collect(),
        })
        .collect();
    page(
        "mix",
        t(zh, "Token mix", "词元构成"),
        t(
            zh,
            "Cached input is 44 % of opal-mini's tokens and still 12 % of sable-2's",
            "缓存输入占 opal-mini 词元的 44 %，而 sable-2 仅为 12 %",
        ),
        t(
            zh,
            "Share of billed tokens by model, Q3 2026, 1.94 T tokens",
            "按模型划分的计费词元占比，2026 年第三季度，共 1.94 万亿词元",
        ),
        vec![chart(
            String::new(),
            String::new(),
            axis("", 100.0, &[]),
            axis("", 100.0, &[0, 25, 50, 75, 100].map(|k| (f64::from(k), format!("{k} %")))),
            Marks::StackedBar { categories, series, horizontal: true },
            Vec::new(),
        )],
        Some(t(
            zh,
            "Quill-70b runs on our own GPUs and has no cache price; its share is counted at the pool's cost.",
            "Quill-70b 运行在自有 GPU 上，没有缓存价格，按资源池成本计入。",
        )),
    )
}

pub fn change(zh: bool) -> Page {
    let steps = [
        ("Q2 spend", "二季度支出", true, 0.0, 2.294, "$2.29 M", ColourToken::Rest),
        ("Traffic", "流量", false, 2.294, 2.838, "+$544k", ColourToken::Series4),
        ("Caching", "缓存", false, 2.838, 2.456, "−$382k", ColourToken::Series2),
        ("Price changes", "价格变动", false, 2.456, 2.371, "−$85k", ColourToken::Series2),
        ("Model mix", "模型组合", false, 2.371, 2.452, "+$81k", ColourToken::Series4),
        ("Longer prompts in Code review", "代码评审提示变长", false, 2.452, 2.48, "+$28k", ColourToken::Series4),
        ("Q3 spend", "三季度支出", true, 0.0, 2.48, "$2.48 M", ColourToken::Accent),
    ];
    let steps = steps
        .iter()
        .map(|s| WaterfallStep {
            name: t(zh, s.0, s.1),
            total: s.2,
            from: s.3,
            to: s.4,
            label: s.5.into(),
            colour: s.6,
        })
        .collect();
    page(
        "change",
        t(zh, "What changed", "变动原因"),
        t(
            zh,
            "Caching and lower prices took back 86 % of what the growth in traffic would have cost",
            "缓存与降价抵消了流量增长成本的 86 %",
        ),
        t(zh, "Bridge from Q2 to Q3 2026, USD million", "2026 年二季度至三季度的支出变动，百万美元"),
        vec![chart(
            String::new(),
            String::new(),
            Axis::default(),
            axis(&t(zh, "USD million", "百万美元"), 3.0, &[0, 1, 2, 3].map(|k| (f64::from(k), format!("${k} M")))),
            Marks::Waterfall { steps },
            Vec::new(),
        )],
        None,
    )
}

pub fn tenants(zh: bool) -> Page {
    let names = [
        "Northgate Clinics",
        "St Brannoc Trust",
        "Halden Pharma",
        "Kestrel Insurance",
        "Orchard Labs",
        "Bay Regional",
        "Lumière Santé",
        "Ζεύς Diagnostics",
        "Вектор Клиник",
        "Vale & Sons",
    ];
    let spend = [412, 366, 281, 240, 198, 154, 121, 96, 83, 61];
    let bars = names
        .iter()
        .zip(spend)
        .map(|(n, s)| Bar {
            name: (*n).into(),
            value: Some(f64::from(s)),
            label: format!("${s}k"),
            colour: ColourToken::Series1,
            low: None,
            high: None,
        })
        .collect();
    let rows = names
        .iter()
        .zip(spend)
        .enumerate()
        .map(|(i, (n, s))| {
            let margin = 74 - i as i32 * 4;
            let tone = if margin < 50 { Tone::Bad } else { Tone::Plain };
            let sign = if margin < 50 { "▼ " } else { "" };
            vec![
                Cell::plain(*n),
                Cell::plain(format!("{},{:03}", s, i * 87)),
                Cell::plain(format!("{:.1} %", f64::from(s) / 24.8)),
                Cell::toned(format!("{sign}{margin} %"), tone),
            ]
        })
        .collect();
    let heads = if zh {
        ["租户", "支出，美元", "占比", "毛利率"]
    } else {
        ["Tenant", "Spend, USD", "Share", "Margin"]
    };
    let spec = table(
        &[(heads[0], false, 2.0), (heads[1], true, 1.0), (heads[2], true, 0.7), (heads[3], true, 0.7)],
        rows,
        None,
    );
    page(
        "tenants",
        t(zh, "Top tenants", "主要租户"),
        t(
            zh,
            "Ten tenants are 81 % of spend; three of them run below the margin target",
            "十个租户占支出的 81 %，其中三个低于毛利目标",
        ),
        t(zh, "Spend by tenant, USD thousand, Q3 2026", "按租户划分的支出，千美元，2026 年第三季度"),
        vec![
            chart(
                String::new(),
                String::new(),
                axis("", 450.0, &[]),
                axis("", 450.0, &[0, 100, 200, 300, 400].map(|k| (f64::from(k), format!("${k}k")))),
                Marks::Bar { bars, horizontal: true },
                Vec::new(),
            ),
            Block::Table { table: spec },
        ],
        None,
    )
}

pub fn latency(zh: bool) -> Page {
    let x: Vec<f64> = (0..26).map(f64::from).collect();
    let forecast = |i: usize| 24.0 + i as f64 * 0.55;
    let actual: Vec<Option<f64>> =
        (0..26).map(|i| (i < 14).then(|| 24.0 + i as f64 * 0.6 + if i % 4 == 0 { 1.6 } else { -0.4 })).collect();
    let ahead: Vec<Option<f64>> = (0..26).map(|i| (i >= 13).then(|| forecast(i))).collect();
    let none = |v: &[Option<f64>]| v.iter().map(|v| v.map_or("—".into(), |v| format!("${v:.1}k"))).collect();
    let series = vec![
        Series { name: t(zh, "Actual", "实际"), colour: ColourToken::Series1, labels: none(&actual), values: actual },
        Series { name: t(zh, "Forecast", "预测"), colour: ColourToken::Series4, labels: none(&ahead), values: ahead },
    ];
    let bands = vec![Band {
        name: t(zh, "80 % interval", "80 % 区间"),
        colour: ColourToken::Series4,
        lower: (0..26).map(|i| (i >= 13).then(|| forecast(i) - (i as f64 - 12.0) * 0.45)).collect(),
        upper: (0..26).map(|i| (i >= 13).then(|| forecast(i) + (i as f64 - 12.0) * 0.45)).collect(),
    }];
    let steps: Vec<Option<f64>> = (0..26)
        .map(|i| {
            Some(if i < 9 {
                3.0
            } else if i < 18 {
                2.5
            } else {
                2.2
            })
        })
        .collect();
    let steps_b: Vec<Option<f64>> = (0..26).map(|i| Some(if i < 14 { 1.1 } else { 0.9 })).collect();
    let price = vec![
        Series { name: "opal-large".into(), colour: ColourToken::Series1, labels: none(&steps), values: steps },
        Series { name: "sable-2".into(), colour: ColourToken::Series2, labels: none(&steps_b), values: steps_b },
    ];
    let weeks = |n: usize| {
        (0..n)
            .step_by(5)
            .map(|w| (w as f64, if zh { format!("第{}周", w + 27) } else { format!("W{}", w + 27) }))
            .collect::<Vec<_>>()
    };
    page(
        "outlook",
        t(zh, "Outlook", "展望"),
        t(
            zh,
            "At today's mix the fourth quarter will cost $2.71 M, between $2.55 M and $2.88 M",
            "按目前构成，第四季度预计支出 US$271 万，区间为 255 万至 288 万",
        ),
        t(zh, "Weekly spend and list prices, USD", "每周支出与目录价，美元"),
        vec![
            chart(
                t(zh, "Spend per week", "每周支出"),
                t(zh, "USD thousand per day, weekly mean", "千美元/天，周均值"),
                axis("", 25.0, &weeks(26)),
                axis("", 50.0, &[0, 10, 20, 30, 40, 50].map(|k| (f64::from(k), format!("${k}k")))),
                Marks::Line { x: x.clone(), x_labels: Vec::new(), series, bands, step: false },
                vec![Annotation::Event { at: 13.0, label: t(zh, "today", "今天") }],
            ),
            chart(
                t(zh, "List price of input", "输入目录价"),
                t(zh, "USD per million tokens", "美元/百万词元"),
                axis("", 25.0, &weeks(26)),
                axis("", 4.0, &[0, 1, 2, 3, 4].map(|k| (f64::from(k), format!("${k}")))),
                Marks::Line { x, x_labels: Vec::new(), series: price, bands: Vec::new(), step: true },
                Vec::new(),
            ),
        ],
        Some(t(
            zh,
            "- The forecast assumes no further price change.\n- Caching Code review would bring it to about $2.66 M.",
            "- 预测假设价格不再变动。\n- 若代码评审启用缓存，约为 US$266 万。",
        )),
    )
}

pub fn contracts(zh: bool) -> Page {
    let lane = |name: &str, spans: &[(f64, f64, String, ColourToken)], marks: &[(f64, String, ColourToken)]| Lane {
        name: name.into(),
        spans: spans
            .iter()
            .map(|(from, to, label, colour)| Span { from: *from, to: *to, label: label.clone(), colour: *colour })
            .collect(),
        marks: marks
            .iter()
            .map(|(at, label, colour)| LaneMark { at: *at, label: label.clone(), colour: *colour })
            .collect(),
    };
    let lanes = vec![
        lane(
            "Harbor",
            &[(0.0, 5.0, "$1.80 M".into(), ColourToken::Series1)],
            &[
                (3.05, t(zh, "notice by 2 Oct", "10月2日前通知"), ColourToken::Bad),
                (5.0, t(zh, "ends 30 Nov", "11月30日到期"), ColourToken::Ink),
            ],
        ),
        lane(
            "Northwind",
            &[(0.0, 8.45, "$1.20 M".into(), ColourToken::Series2)],
            &[
                (5.45, t(zh, "notice by 14 Dec", "12月14日前通知"), ColourToken::Warn),
                (8.45, t(zh, "ends 14 Mar 2027", "2027年3月14日到期"), ColourToken::Ink),
            ],
        ),
        lane(
            "Lumen",
            &[(0.0, 12.0, "$0.90 M".into(), ColourToken::Series3)],
            &[
                (4.4, t(zh, "overage from 11 Nov", "11月11日起超额"), ColourToken::Bad),
                (11.0, t(zh, "notice by 2 Jun", "6月2日前通知"), ColourToken::Warn),
            ],
        ),
        lane(
            &t(zh, "Open GPU pool", "开放 GPU 资源池"),
            &[(0.0, 12.0, t(zh, "rolling", "滚动续期"), ColourToken::Rest)],
            &[],
        ),
    ];
    let months = if zh {
        ["7月", "9月", "11月", "1月", "3月", "5月", "7月"]
    } else {
        ["Jul", "Sep", "Nov", "Jan 2027", "Mar", "May", "Jul"]
    };
    let ticks: Vec<(f64, String)> = months.iter().enumerate().map(|(i, m)| (i as f64 * 2.0, (*m).to_owned())).collect();
    let heads = if zh {
        ["供应商", "用途", "到期", "通知期限", "承诺额", "预计使用", "状态"]
    } else {
        ["Vendor", "For", "Term ends", "Notice by", "Commitment", "Forecast drawn", "Status"]
    };
    let rows = vec![
        vec![
            Cell::plain("Harbor"),
            Cell::plain(t(zh, "Assistant models", "助手模型")),
            Cell::plain(t(zh, "30 Nov 2026", "2026年11月30日")),
            Cell::toned(t(zh, "2 Oct 2026, in 9 days", "2026年10月2日，剩 9 天"), Tone::Bad),
            Cell::plain("$1.80 M"),
            Cell::plain("92 %"),
            Cell::plain(t(zh, "Bake-off decided: move", "评测结论：迁移")),
        ],
        vec![
            Cell::plain("Northwind"),
            Cell::plain(t(zh, "Search and embeddings", "检索与向量")),
            Cell::plain(t(zh, "14 Mar 2027", "2027年3月14日")),
            Cell::plain(t(zh, "14 Dec 2026", "2026年12月14日")),
            Cell::plain("$1.20 M"),
            Cell::plain("71 %"),
            Cell::plain(t(zh, "Bake-off starts 15 Oct", "10月15日开始评测")),
        ],
        vec![
            Cell::plain("Lumen"),
            Cell::plain(t(zh, "Code review, agents", "代码评审、智能体")),
            Cell::plain(t(zh, "31 Aug 2027", "2027年8月31日")),
            Cell::plain(t(zh, "2 Jun 2027", "2027年6月2日")),
            Cell::plain("$0.90 M"),
            Cell::toned("▲ 128 %", Tone::Bad),
            Cell::plain(t(zh, "Overage from 11 Nov", "11月11日起超额")),
        ],
        vec![
            Cell::plain(t(zh, "Open GPU pool", "开放 GPU 资源池")),
            Cell::plain(t(zh, "Self-hosted 70B", "自托管 70B")),
            Cell::plain(t(zh, "rolling", "滚动")),
            Cell::plain(t(zh, "30 days", "30 天")),
            Cell::unknown(),
            Cell::unknown(),
            Cell::plain(t(zh, "Utilisation 41 %", "利用率 41 %")),
        ],
    ];
    let spec = table(
        &[
            (heads[0], false, 1.0),
            (heads[1], false, 1.4),
            (heads[2], false, 1.0),
            (heads[3], false, 1.3),
            (heads[4], true, 0.8),
            (heads[5], true, 0.8),
            (heads[6], false, 1.4),
        ],
        rows,
        None,
    );
    page(
        "contracts",
        t(zh, "Contracts and commitments", "合同与承诺"),
        t(
            zh,
            "One notice deadline falls in this quarter, and one commitment will be overdrawn in November",
            "本季度有一个通知期限到期，一项承诺将于 11 月超额",
        ),
        t(
            zh,
            "Active contracts by notice deadline; commitment drawn to date against the year",
            "按通知期限排列的有效合同；年度承诺的累计使用",
        ),
        vec![
            chart(
                String::new(),
                String::new(),
                axis("", 12.0, &ticks),
                Axis::default(),
                Marks::Timeline { lanes },
                vec![Annotation::Event { at: 2.75, label: t(zh, "today", "今天") }],
            ),
            Block::Table { table: spec },
        ],
        None,
    )
}

pub fn method(zh: bool) -> Page {
    let heads =
        if zh { ["来源", "行数", "期间", "导入时间"] } else { ["Source", "Rows", "Covers", "Imported"] };
    let spec = table(
        &[(heads[0], false, 2.0), (heads[1], true, 0.8), (heads[2], false, 1.4), (heads[3], false, 1.2)],
        vec![
            cells(&[
                "harbor-usage-2026-q3.csv",
                "1,204,118",
                &t(zh, "1 Jul – 30 Sep 2026", "2026年7月1日–9月30日"),
                &t(zh, "1 Oct 2026, 08:12", "2026年10月1日 08:12"),
            ]),
            cells(&[
                "northwind-export.jsonl",
                "882,410",
                &t(zh, "1 Jul – 30 Sep 2026", "2026年7月1日–9月30日"),
                &t(zh, "1 Oct 2026, 08:14", "2026年10月1日 08:14"),
            ]),
            cells(&[
                "lumen-invoice-lines.csv",
                "41,208",
                &t(zh, "1 Jul – 30 Sep 2026", "2026年7月1日–9月30日"),
                &t(zh, "1 Oct 2026, 08:15", "2026年10月1日 08:15"),
            ]),
        ],
        None,
    );
    let items = vec![
        t(
            zh,
            "Spend is tokens times the price in force on the day of use; a later price change never alters it.",
            "支出 = 词元 × 使用当日有效价格；之后的价格变动不会改变历史支出。",
        ),
        t(
            zh,
            "A session is successful when its outcome is not an error and it was not retried within ten minutes.",
            "会话结果非错误且十分钟内未重试，即为成功。",
        ),
        t(
            zh,
            "Intervals are 95 % bootstrap intervals over days, 2,000 resamples, seed 42.",
            "区间为按天重抽样的 95 % 自助法区间，2,000 次，种子 42。",
        ),
        t(
            zh,
            "214 rows of 2,127,736 were not understood and are left out (0.01 %).",
            "2,127,736 行中有 214 行未能识别，已排除（0.01 %）。",
        ),
    ];
    page(
        "method",
        t(zh, "Method and sources", "方法与数据来源"),
        t(zh, "Three imports cover every day of the quarter", "三次导入覆盖本季度的每一天"),
        String::new(),
        vec![Block::Table { table: spec }, Block::Bullets { items }],
        None,
    )
}
