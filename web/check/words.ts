import type { FlagKind } from '../../domain/check/check.ts'
import { m } from '../paraglide/messages.js'

export const FLAG_NAMES: Record<FlagKind, () => string> = { outlier: m.check_flag_outlier, short: m.check_flag_short, overlap: m.check_flag_overlap, far: m.check_flag_far }
