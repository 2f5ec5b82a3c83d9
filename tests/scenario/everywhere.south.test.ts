import { testEveryPlace } from './everywhere.ts'

/** The rest of the north-east, the north, the west and the south. */
testEveryPlace(code => code >= 'TH46', 4_200)
