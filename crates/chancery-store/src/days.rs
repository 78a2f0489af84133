use crate::{Error, Store, read::day};
use jiff::civil::Date;

impl Store {
    /// The day of publication of every article that has one, in order: where none was published, silence says nothing.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn published(&self) -> Result<Vec<Date>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT published FROM articles WHERE published IS NOT NULL ORDER BY published")?;
            let days = s.query_map([], |r| day(r, 0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(days.into_iter().flatten().collect())
        })
    }
}
