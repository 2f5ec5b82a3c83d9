import { expect, test } from 'vitest'
import { convertMarkdown } from '../../tests/setup/forms.ts'
import { interview } from '../../tests/setup/interview.ts'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { itemsetsOf } from './choices.external.ts'
import { readWorkbook } from './read-workbook.ts'

/** The XForm without its spaces between elements; fails with what is wrong. */
async function xformOf(markdown: string): Promise<string> {
  const { xform, faults } = await convertMarkdown(`${markdown}\n| settings |\n| | form_id | version |\n| | f | 1 |\n`)
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
  return (xform as string).replace(/>\s+</g, '><')
}

/** The attributes of the bind of a path. */
const bindOf = (xform: string, path: string) => new RegExp(`<bind nodeset="${path}"([^>]*)/>`).exec(xform)?.[1]?.trim()

/** What the engine holds for each path, once the form is open and answered with these numbers. */
async function valuesOf(xform: string, numbers: number[] = [0]): Promise<string> {
  return interview((await loadEngineForm(xform)).createInstance(), numbers).xml()
}

test('within a repeat a name is the answer of the same turn; from outside it is all of them', async () => {
  const xform = await xformOf(`
    | survey |
    | | type | name | label | calculation | default |
    | | integer | bonus | Bonus | | 5 |
    | | begin repeat | person | Person | | |
    | | begin group | who | | | |
    | | integer | age | Age | | 30 |
    | | end group | | | | |
    | | calculate | next | | \${age} + \${bonus} | |
    | | begin repeat | child | Child | | |
    | | integer | years | Years of a child of \${age} | | 4 |
    | | calculate | gap | | \${age} - \${years} | |
    | | end repeat | | | | |
    | | calculate | children | | count(\${child}) + sum(\${years}) | |
    | | calculate | before | | indexed-repeat(\${age}, \${person}, position(..)) | |
    | | calculate | older | | count(\${person}[who/age > \${age}]) | |
    | | end repeat | | | | |
    | | calculate | total | | sum(\${next}) | |`)
  expect(bindOf(xform, '/data/person/next')).toContain('calculate=" ../who/age  +  /data/bonus "')
  expect(bindOf(xform, '/data/person/child/gap')).toContain('calculate=" ../../who/age  -  ../years "')
  expect(bindOf(xform, '/data/person/children')).toContain('calculate="count( ../child ) + sum( ../child/years )"')
  expect(bindOf(xform, '/data/person/before')).toContain('calculate="indexed-repeat( /data/person/who/age ,  /data/person , position(..))"')
  expect(bindOf(xform, '/data/person/older')).toContain('count( /data/person [who/age &gt;  current()/../who/age ])')
  expect(bindOf(xform, '/data/total')).toContain('calculate="sum( /data/person/next )"')
  expect(xform).toContain('<label>Years of a child of <output value=" ../../who/age "/></label>')
  const { root } = (await loadEngineForm(xform)).createInstance()
  const sent = await (await root.prepareInstancePayload()).data[0].get('xml_submission_file').text()
  expect(sent).toContain('<person><who><age>30</age></who><next>35</next><child><years>4</years><gap>26</gap></child><children>5</children><before>30</before><older>0</older></person><total>35</total>')
})

test('a default that is computed is set when the form opens, and in a repeat for each turn', async () => {
  const xform = await xformOf(`
    | survey |
    | | type | name | label | default | repeat_count |
    | | date | day | Day | 2026-11-26 | |
    | | integer | ten | Ten | 4 + 6 | |
    | | text | plain | Plain | foo-bar | |
    | | begin repeat | turn | Turn | | \${ten} - 8 |
    | | text | label_1 | Label | concat('turn ', position(..)) | |
    | | end repeat | | | | |`)
  expect(xform).toContain('<day>2026-11-26</day><ten/><plain>foo-bar</plain>')
  expect(xform).toContain('<setvalue ref="/data/ten" event="odk-instance-first-load" value="4 + 6"/>')
  expect(xform).toMatch(/<repeat nodeset="\/data\/turn" jr:count=" \/data\/turn_count ">.*<setvalue ref="\/data\/turn\/label_1" event="odk-instance-first-load odk-new-repeat" value="[^"]*"\/><\/repeat>/)
  const { root } = (await loadEngineForm(xform)).createInstance()
  const sent = await (await root.prepareInstancePayload()).data[0].get('xml_submission_file').text()
  expect(sent).toContain('<ten>10</ten><plain>foo-bar</plain><turn_count>2</turn_count><turn><label_1>turn 1</label_1></turn><turn><label_1>turn 2</label_1></turn>')
})

test('a trigger computes when its question is answered, and not before', async () => {
  const xform = await xformOf(`
    | survey |
    | | type | name | label | calculation | trigger |
    | | text | a | A | | |
    | | text | b | B | | |
    | | calculate | heard | | concat(\${a}, '!') | \${a}, \${b} |`)
  expect(bindOf(xform, '/data/heard')).toBe('type="string"')
  expect(xform).toMatch(/<input ref="\/data\/a"><label>A<\/label><setvalue ref="\/data\/heard" event="xforms-value-changed" value="concat\( \/data\/a , '!'\)"\/><\/input><input ref="\/data\/b">.*value-changed/)
  expect(await valuesOf(xform, [0, 3])).toMatch(/<a>12<\/a>.*<heard>12!<\/heard>/)
})

test('choices come from lists, filtered lists, files and answers', async () => {
  const xform = await xformOf(`
    | survey |
    | | type | name | label | choice_filter | parameters | appearance |
    | | select_one province | p | P | | | |
    | | select_multiple district | d | D | province = \${p} | randomize=true seed=7 | |
    | | rank province | r | R | | | |
    | | select_one_from_file villages.csv | v | V | district = \${d} | value=code label=name_th | minimal |
    | | begin repeat | person | Person | | | |
    | | text | name | Name | | | |
    | | integer | age | Age | | | |
    | | select_one \${name} | mother | Mother | \${age} > 15 and \${name} != current()/../name | | |
    | | end repeat | | | | | |
    | | select_one \${name} | head | Head | | | |
    | | select_one province or_other | q | Q | | | |

    | choices |
    | | list name | name | label | province |
    | | province | 58 | Mae Hong Son | |
    | | district | 5807 | Pang Mapha | 58 |`)
  expect(xform).toContain('<instance id="district"><root><item><name>5807</name><label>Pang Mapha</label><province>58</province></item></root></instance>')
  expect(xform).toContain('<instance id="villages" src="jr://file-csv/villages.csv"/>')
  expect(xform).toContain(`nodeset="randomize(instance('district')/root/item[province =  /data/p ], 7)"`)
  expect(xform).toContain(`<odk:rank ref="/data/r">`)
  expect(xform).toContain(`nodeset="instance('villages')/root/item[district =  /data/d ]"><value ref="code"/><label ref="name_th"/>`)
  expect(xform).toContain(`nodeset="/data/person[ ./age  &gt; 15 and  ./name  != current()/../name]"><value ref="name"/><label ref="name"/>`)
  expect(xform).toContain(`nodeset="/data/person[./name != '']"`)
  expect(bindOf(xform, '/data/q_other')).toContain(`relevant="selected(../q, 'other')"`)
  expect(xform).toContain('<item><name>other</name><label>Other</label></item>')
  expect(await valuesOf(xform)).toContain('<q>58</q>')
})

test('a table-list has one row of words, a loop one group for each choice', async () => {
  const xform = await xformOf(`
    | survey |
    | | type | name | label | appearance | relevant |
    | | begin group | goods | What do you own? | table-list compact | |
    | | select_one yesno | car | A car | | |
    | | select_one yesno | boat | A boat | | |
    | | end group | | | | |
    | | begin loop over yesno | each | | | |
    | | integer | n | How many say %(label)s? | | '%(name)s' = 'yes' |
    | | end loop | | | | |

    | choices |
    | | list_name | name | label |
    | | yesno | yes | Yes |
    | | yesno | no | No |`)
  expect(xform).toMatch(/<group ref="\/data\/goods" appearance="field-list compact"><input ref="\/data\/goods\/generated_table_list_label_2"><label>What do you own\?<\/label>/)
  expect(xform.match(/appearance="(label|list-nolabel)"/g)).toEqual(['appearance="label"', 'appearance="list-nolabel"', 'appearance="list-nolabel"'])
  expect(xform).toContain('<group ref="/data/each/no"><label>No</label><input ref="/data/each/no/n"><label>How many say No?</label></input></group>')
  expect(await valuesOf(xform, [5])).toMatch(/<each><yes><n>\d+<\/n><\/yes><no\/><\/each>/)
})

test('a thing that lives longer than a visit is made or changed', async () => {
  const columns = '| survey |\n| | type | name | label | save_to |\n| | csv-external | trees | | |\n| | text | tree | Tree | |\n| | integer | height | Height | height_m |\n| entities |'
  const made = await xformOf(`${columns}\n| | list_name | label |\n| | trees | concat('Tree of ', \${height}) |`)
  expect(made).toContain('entities:entities-version="2024.1.0"')
  expect(made).toContain('<entity dataset="trees" create="1" id=""><label/></entity>')
  expect(made).toContain('<setvalue ref="/data/meta/entity/@id" event="odk-instance-first-load" value="uuid()"/>')
  expect(bindOf(made, '/data/height')).toContain('entities:saveto="height_m"')
  expect(await valuesOf(made, [3])).toMatch(/<entity dataset="trees" create="1" id="[0-9a-f-]{36}"><label>Tree of 3<\/label><\/entity>/)
  const changed = await xformOf(`${columns}\n| | list_name | entity_id | update_if |\n| | trees | \${tree} | \${height} > 0 |`)
  expect(changed).toContain('<entity dataset="trees" update="1" id="" baseVersion="" trunkVersion="" branchId=""/>')
  expect(bindOf(changed, '/data/meta/entity/@baseVersion')).toContain(`calculate="instance('trees')/root/item[name= /data/tree ]/__version"`)
  expect(changed).not.toContain('uuid()')
})

test('languages, pictures, messages and look-ups in texts stand in the itext', async () => {
  const { xform, files } = await convertMarkdown(`
    | survey |
    | | type | name | label::ไทย (th) | label::English (en) | guidance_hint | image::ไทย (th) | constraint | constraint_message | required | required_message::ไทย (th) | bind::rakkaeo:unit |
    | | select_one s | q | ถาม & <b> “เขา” | Ask | Slowly | map.png | . != 'x' | not \${q} | true | ต้องตอบ | persons |
    | | note | | สูง instance('trees')/root/item[name = \${q}]/height ม. | Height | | | | | | | |
    | | csv-external | trees | | | | | | | | | |

    | choices |
    | | list_name | name | label::ไทย (th) | label::English (en) | audio::English (en) |
    | | s | a | ก | A | a.mp3 |
    | | s | b | ข | | |

    | settings |
    | | form_id | version | default_language | namespaces |
    | | f | 1 | ไทย (th) | rakkaeo="urn:rakkaeo:xforms" |`)
  const compact = (xform as string).replace(/>\s+</g, '><')
  expect(compact).toContain('<text id="/data/q:label"><value>ถาม &amp; &lt;b&gt; “เขา”</value><value form="image">jr://images/map.png</value></text>')
  expect(compact).toContain('<text id="/data/q:hint"><value form="guidance">Slowly</value></text>')
  expect(compact).toContain('<text id="/data/q:jr:constraintMsg"><value>not <output value=" /data/q "/></value></text>')
  expect(compact).toContain(`สูง <output value="instance('trees')/root/item[name =  /data/q ]/height"/> ม.`)
  expect(compact).toMatch(/lang="English \(en\)".*<text id="s-0"><value>A<\/value><value form="audio">jr:\/\/audio\/a.mp3<\/value><\/text><text id="s-1"><value>-<\/value><\/text>/)
  expect(bindOf(compact, '/data/q')).toContain('rakkaeo:unit="persons"')
  expect(compact).toContain('xmlns:rakkaeo="urn:rakkaeo:xforms"')
  expect(files).toEqual(['trees.csv', 'map.png', 'a.mp3'])
  expect((await loadEngineForm(xform as string)).status).not.toBe('failure')
})

test('lists for ODK Collect alone go into itemsets.csv', async () => {
  const form = '| survey |\n| | type | name | label | choice_filter |\n| | select_one_external t | t | T | p = 58 |\n\n| external_choices |\n| | list name | name | label | p |\n| | t | 1 | ถ้ำลอด "เหนือ" | 58 |\n'
  const xform = await xformOf(form)
  expect(xform).toContain(`<input ref="/data/t" query="instance('t')/root/item[p = 58]"><label>T</label></input>`)
  expect((await convertMarkdown(form)).files).toEqual(['itemsets.csv'])
  expect(itemsetsOf(await readWorkbook('a.md', new TextEncoder().encode(form)))).toBe('"list_name","name","label","p"\n"t","1","ถ้ำลอด ""เหนือ""","58"\n')
})
