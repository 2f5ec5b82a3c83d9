import type { Lang } from '../../domain/base/text.ts'

/** The words of the government's catalogue, which it knows in Thai alone, for English readers. What is kept is the Thai word. */
const ENGLISH: Readonly<Record<string, string>> = {
  ข้อมูลระเบียน: 'Records', ข้อมูลสถิติ: 'Statistics', ข้อมูลภูมิสารสนเทศเชิงพื้นที่: 'Geospatial data', ข้อมูลหลากหลายประเภท: 'Several kinds', ข้อมูลประเภทอื่นๆ: 'Another kind',
  ปี: 'Year', ครึ่งปี: 'Half year', ไตรมาส: 'Quarter', เดือน: 'Month', สัปดาห์: 'Week', วัน: 'Day', วันทำการ: 'Working day', ชั่วโมง: 'Hour', นาที: 'Minute', ตามเวลาจริง: 'Real time',
  ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล: 'Not updated once collected', ไม่ทราบ: 'Not known', อื่นๆ: 'Other',
  ไม่มี: 'None', โลก: 'World', ประเทศ: 'Country', ภาค: 'Region', จังหวัด: 'Province', อำเภอ: 'District', ตำบล: 'Tambon', หมู่บ้าน: 'Village', 'เทศบาล/อบต.': 'Municipality or tambon administration', พิกัด: 'Coordinates',
  ข้อมูลสาธารณะ: 'Public data', ข้อมูลส่วนบุคคล: 'Personal data', ข้อมูลความมั่นคง: 'Security data', ข้อมูลความลับทางราชการ: 'Official secrets',
}

export const catalogueWord = (word: string | number, lang: Lang) => lang === 'en' ? ENGLISH[word] ?? `${word}` : `${word}`
