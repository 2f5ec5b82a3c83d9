import { testEveryPlace } from './everywhere.ts'

/** The nation and the provinces of the centre, the east and the north-east. */
testEveryPlace(code => code < 'TH46', 4_242)
