//! News of what changed, on its way from a commit to whoever shows it.

use store::Tag;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Tells of every change until nobody makes any more. News that came faster than it was carried is lost; then everything
/// may have changed.
pub async fn carry(mut changes: Receiver<Vec<Tag>>, mut tell: impl FnMut(Vec<Tag>)) {
    loop {
        match changes.recv().await {
            Ok(tags) => tell(tags),
            Err(RecvError::Lagged(_)) => tell(vec![Tag::WORKSPACE]),
            Err(RecvError::Closed) => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_a_burst_the_news_says_that_everything_may_have_changed_and_goes_on() {
        let (changes, receiver) = tokio::sync::broadcast::channel(4);
        for _ in 0..10 {
            changes.send(vec![Tag::VENDORS]).unwrap();
        }
        changes.send(vec![Tag::PRICES]).unwrap();
        drop(changes);
        let mut told = Vec::new();
        carry(receiver, |tags| told.push(tags)).await;
        assert_eq!(told[0], [Tag::WORKSPACE]);
        assert_eq!(told.last().unwrap(), &[Tag::PRICES]);
    }
}
