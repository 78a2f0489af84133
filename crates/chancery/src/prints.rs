use chancery_model::Article;
use chancery_register::shares;
use std::sync::Arc;

/// A page among those that print one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Print {
    /// The page.
    pub article: Arc<Article>,
    /// What it has of an earlier one; `None` for the first.
    pub taken: Option<Taken>,
}

impl Print {
    /// The outlet that prints it, by the name under which others credit it.
    pub fn outlet(&self) -> Option<&str> {
        outlet(&self.article)
    }
}

/// What a page has of an earlier print of its text, in runs of five words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// The earlier print with which it shares most, by its position among the prints.
    pub from: usize,
    /// Share of the page that stands in the earlier print, 0..=1.
    pub share: f64,
    /// Share of the earlier print that stands in the page, 0..=1.
    pub kept: f64,
}

/// The pages that print one text, given with their sketches, the first print first.
///
/// They are put in order by day of publication (undated last); of one day, pages of an outlet that others of them credit come first; then by id.
pub fn prints(mut pages: Vec<(Arc<Article>, Vec<u64>)>) -> Vec<Print> {
    let credits: Vec<String> = pages.iter().flat_map(|p| &p.0.credited).map(|c| c.name.clone()).collect();
    pages.sort_by_cached_key(|(a, _)| {
        let day = a.published.map(|p| p.date);
        let credited = outlet(a).is_some_and(|o| credits.iter().any(|c| c == o));
        (day.is_none(), day, !credited, a.id.clone())
    });
    let taken = |n: usize| {
        let each = pages[..n].iter().enumerate().map(|(from, earlier)| {
            let (share, kept) = shares(&pages[n].1, &earlier.1);
            Taken { from, share, kept }
        });
        // Of several that share as much, the first.
        each.reduce(|best, t| if t.share + t.kept > best.share + best.kept { t } else { best })
    };
    pages.iter().enumerate().map(|(n, (article, _))| Print { article: article.clone(), taken: taken(n) }).collect()
}

/// The outlet of an article by the name under which others credit it.
pub(crate) fn outlet(article: &Article) -> Option<&str> {
    let told = article.outlet.as_deref()?;
    Some(chancery_intake::outlet_name(told).unwrap_or(told))
}
