import type { AreaRow } from './area.ts'
import { CENSUS_FILE } from './census.ts'
import { faultsOf } from './fault.ts'
import type { ChangeRow } from './change.ts'
import { writeSeed } from './out.ts'
import { REGISTER_FILE } from './registered.ts'
import { RICE_FILE } from './rice.district.ts'

/** seed/SOURCES.md: what came from where, under which licence, what was done with it, and what was wrong with it. */
export function writeSources(areas: readonly AreaRow[], changes: readonly ChangeRow[]): void {
  writeSeed('SOURCES.md', [
    HEAD, counts(areas, changes), AREAS, unnamed(areas), UNKNOWN,
    BOUNDARIES, list(faultsOf('boundaries')),
    REGISTER, list(faultsOf(REGISTER_FILE)),
    CENSUS, list(faultsOf(CENSUS_FILE)),
    RICE, list(faultsOf(RICE_FILE)),
    TPMAP, DEMO,
  ].join('\n\n') + '\n')
}

function list(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

function counts(areas: readonly AreaRow[], changes: readonly ChangeRow[]): string {
  const levels = [...new Set(areas.map(area => area.level))]
  const rows = levels.map(level => {
    const all = areas.filter(area => area.level === level)
    return `| ${level} | ${all.filter(area => !area.valid_until).length} | ${all.filter(area => area.valid_until).length} | ${all.filter(area => area.has_shape === '1').length} |`
  })
  return ['| level | today | ended | with a shape |', '|---|---|---|---|', ...rows, '', `The ledger has ${changes.length} lines: ${tally(changes.map(change => change.kind))}.`].join('\n')
}

function tally(words: readonly string[]): string {
  return [...new Set(words)].sort().map(word => `${words.filter(each => each === word).length} ${word}`).join(', ')
}

function unnamed(areas: readonly AreaRow[]): string {
  const th = areas.filter(area => !area.name_th)
  const en = areas.filter(area => area.name_th && !area.name_en)
  return list([
    `${th.length} areas have no name in any list: ${th.map(area => area.code).join(', ')}.`,
    `${en.length} areas have no English name: ${en.map(area => area.code).join(', ')}.`,
    `${areas.filter(area => area.level === 'village' && !area.lat).length} villages have no coordinates.`,
  ])
}

const HEAD = `# Where the seed comes from

Made by \`node tools/make-seed/make-seed.ts\` from the shared data folder beside the checkout (../shared/data); the same input gives the same bytes.
Codes are OCHA P-codes (\`TH\` + the digits of the Ministry of Interior). Faults are listed, not hidden: this page is written by the same run that mends them.`

const AREAS = `## Areas: area/area.csv, area/village.csv.gz, area/change.csv, area/group.csv

- Codes: thailand-geography-json and thailand-geodata, MIT. Names, villages: lists of the Ministry of Interior as collected by Ahoerstemeier/tambon. Middles and areas of provinces, districts and tambons: derived from COD-AB (see boundaries); of the 180 khwaeng of Bangkok: a survey of the Bangkok Metropolitan Administration.
- Villages marked obsolete, or with a new code, are areas with an end and a line in the ledger. The list does not say when: the day is that of the list, with the precision “before”.
- Five villages lie under a tambon 840905 that no list and no register of 2017–2021 has: it is kept as an ended area without a name.
- 104701 and 105001 stood in the population registers until the end of 2019 with 3 and 1 persons; their successors stood beside them all that time. They end in 2020, shared out by the registered population of the successors at the end of 2019.
- A name that differs between the registers of two years is a line “renamed”. Four names differ between official lists of the same year (320121 บุฤาษี / บุฤๅษี, 450109 ปอภาร / ปอภาร (ปอพาน), 9610 and 961001 สุไหงโก-ลก / สุไหงโกลก): the gazetteer's is shown, the other is found by the search.
- Bueng Kan (38) was made of eight districts of Nong Khai in B.E. 2554: they end, and lead to the new codes by name. Areas inside TH38 begin then.
- Municipal parts: 590 codes of the BMN survey and TPMAP that end in 51 to 99. Each is the part of a municipality that lies in one district, counted apart from its tambons. English names from the list of municipalities, where it has one of that code.
- Groups: the six regions of the national plans (\`nesdc-6\`), and the two schemes of the list of provinces (\`royal-6\`, \`nesdb-7\`; the latter's “LowwerNorth” is spelt rightly).`

const UNKNOWN = `Not known, and so not in the ledger:

- when the khwaeng 100910, 101406, 102602, 103402, 103403, 104402, 104403 were split from their neighbours: they stand in every register of 2017–2021 as they are today (only their outlines are old, see boundaries);
- ท่าแฝก: 530306 in COD-AB and one public list, 530407 in the registers of all five years and the gazetteer. The data do not say when the code changed, so only 530407 is an area, with that outline;
- what the tambons of Bueng Kan were coded before 2011;
- codes that only copies of one wrong public list have (\`subdistrict_code_differences.csv\`, 44 of them) are no areas.`

const BOUNDARIES = `## Boundaries: boundary/*.topojson.gz

COD-AB Thailand 2022 (Royal Thai Survey Department through OCHA), simplified; Creative Commons Attribution for Intergovernmental Organisations (CC BY-IGO). Cut by parent without changing a point, so that the shared borders of all files are the same line; the nation's district map is simplified further. Each shape says its \`code\`, and where needed from and until when it is valid and what it \`covers\`.

- 530306 of COD-AB is 530407 today. 13 khwaeng have no shape; 104701 and 105001 are undivided.`

const REGISTER = `## Registered population and houses: figure/dopa-population.csv.gz

Ministry of Interior statistics, end of December 2017 to 2021, by tambon. Districts, provinces and the nation are summed from the tambons; where a published row of an upper level differs, it is here:`

const CENSUS = `## Census 2010: figure/census-2010.csv.gz

National Statistical Office, Population and Housing Census, 1 September 2010, by district as districts were that day. The mean household size is persons in private households over private households.`

const RICE = `## Rice: figure/oae-rice.csv.gz

Office of Agricultural Economics, rice by district, B.E. 2554–2558. Yield is production over planted area.`

const TPMAP = `## TPMAP 2561: tpmap/*.csv

tpmap.in.th as collected by na399/faces-of-poverty (Unlicense), 76 provinces, kept in the published layout (quoted headings, province codes as digits) because the importer reads them like any other file. Bangkok was not asked.`

const DEMO = `## The demo world: demo/

Invented, CC0, loaded only where the demo world may be. Figures (\`demo/*.csv\`) by \`node tools/make-demo/make-demo.ts\`. Records (\`demo/records\`): those of Tham Lot are written by hand; those of its province (\`province\`) and the pictures, drawn as shapes, come from \`node tools/make-demo/records.ts\`, the same bytes again on the same machine. Villages, their places and the natural features that are named are real; everything that is said of them, and every person, is not. The names of plants and animals are those of real species; that they were found there is invented.`
