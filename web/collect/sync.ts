/** What the service worker is woken for, and then says to the pages that are open. */
export const SYNC = 'rakkaeo-outbox'
/** What it is asked: to have the whole collector on the phone; to let a new version take over. */
export const CARRY = 'rakkaeo-carry', UPDATE = 'rakkaeo-update'
