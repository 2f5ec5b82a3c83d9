import { sql } from 'kysely'

/** The day by the calendar of Thailand, wherever the database stands: until seven in the morning there it is still yesterday in Greenwich. */
export const TODAY = sql<string>`(now() at time zone 'Asia/Bangkok')::date`
