import { z } from 'zod'

/** Ids of every noun live here, so that an early room may point at a later noun without importing it. */

/** OCHA P-code: TH, TH50 (province), TH5007 (district), TH500701 (tambon), TH50070101 (village; letters and two more digits occur). */
export const AreaCode = z.string()
  .regex(/^TH(\d{2}(\d{2}(\d{2}([0-9A-Z]{2}(\d{2})?)?)?)?)?$/, 'area code')
  .brand('AreaCode')
export type AreaCode = z.infer<typeof AreaCode>

/** A readable name: `target-poor`, `bmn2560-22`. */
export const IndicatorId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'indicator id').brand('IndicatorId')
export type IndicatorId = z.infer<typeof IndicatorId>

/** Where numbers came from: `tpmap-2561`, `dopa-population`. */
export const SourceId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'source id').brand('SourceId')
export type SourceId = z.infer<typeof SourceId>

/** A scheme of area groups: `nesdc-6`. */
export const GroupId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'group id').brand('GroupId')
export type GroupId = z.infer<typeof GroupId>

export const ImportId = z.uuid().brand('ImportId')
export type ImportId = z.infer<typeof ImportId>

export const FileId = z.uuid().brand('FileId')
export type FileId = z.infer<typeof FileId>

/** A person with an account. Never a citizen's number. */
export const PersonId = z.uuid().brand('PersonId')
export type PersonId = z.infer<typeof PersonId>

export const GrantId = z.uuid().brand('GrantId')
export type GrantId = z.infer<typeof GrantId>

export const TokenId = z.uuid().brand('TokenId')
export type TokenId = z.infer<typeof TokenId>

export const TeamId = z.uuid().brand('TeamId')
export type TeamId = z.infer<typeof TeamId>

export const InviteId = z.uuid().brand('InviteId')
export type InviteId = z.infer<typeof InviteId>

/** A readable name: `attraction`, `local-food`. Also the id of its XForm and the name of its list of things. */
export const DatasetId = z.string().max(60).regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/, 'dataset id').brand('DatasetId')
export type DatasetId = z.infer<typeof DatasetId>

/** A record, for as long as its thing lives; chosen where it is first written down (the phone). */
export const RecordId = z.uuid().brand('RecordId')
export type RecordId = z.infer<typeof RecordId>

/** That somebody opened one record of another place. */
export const GlassId = z.uuid().brand('GlassId')
export type GlassId = z.infer<typeof GlassId>

/** That a place was renamed, moved, split or merged. */
export const ChangeId = z.uuid().brand('ChangeId')
export type ChangeId = z.infer<typeof ChangeId>

/** A round of collecting. */
export const RoundId = z.uuid().brand('RoundId')
export type RoundId = z.infer<typeof RoundId>

/** A telephone that collects in the browser: a number that it drew itself. */
export const PhoneId = z.uuid().brand('PhoneId')
export type PhoneId = z.infer<typeof PhoneId>
