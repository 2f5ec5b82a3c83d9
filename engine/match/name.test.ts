import { describe, expect, test } from 'vitest'
import { parseName, similarityOf, skeletonOf } from './name.ts'

const alike = (a: string, b: string) => Math.round(similarityOf(parseName(a), parseName(b)) * 100) / 100

describe('a name', () => {
  test.each([
    ['น.ส. สมหญิง  ใจดี', 'นางสาวสมหญิง ใจดี'], ['ด.ช.ก้อง', 'เด็กชายก้อง'], ['ว่าที่ ร.ต. สมชาย', 'สมชาย'], ['ว่าที่ร้อยตรีหญิงสมศรี', 'สมศรี'],
    ['บ้าน นาปู่ป้อม', 'บ้านนาปู่ป้อม'], ['ถ\u0e49\u0e4d\u0e32ลอด', 'ถ้ำลอด'], ['เเม่สะ\u200bงา', 'แม่สะงา'], ['โครงการ ๓', 'โครงการ 3'], ['กิ่้งก่า', 'กิ้่งก่า'], ['MR. John Smith', 'john smith'], ['ถ้ำลอด (ปิดซ่อม)', 'ถ้ำลอด'],
  ])('%s is %s', (a, b) => { expect(alike(a, b)).toBe(1) })

  test('is alike by the share of letters that stay, whatever the order of its words', () => {
    expect([alike('น้ำตกแม่สะงา', 'น้ำตกแม่สงา'), alike('ใจดี สมหญิง', 'สมหญิง ใจดี'), alike('ผาเสื่อ', 'วังปลา')]).toEqual([0.86, 1, 0])
  })

  test('of one kind of place is not that of another, and a number makes another of it', () => {
    expect(alike('วัดถ้ำปลา', 'ถ้ำปลา')).toBe(0.9)
    expect(alike('ถ้ำปลา', 'วัดปลา')).toBeLessThan(0.7)
    expect(alike('ประปาหมู่ 1', 'ประปาหมู่ 2')).toBe(0.6)
    expect([alike('น้ำตกผาเสื่อ', 'ผาเสื่อ'), alike('ร้านกาแฟดอยผามอน', 'กาแฟดอยผามอน')]).toEqual([1, 1])
  })

  test('leaves its consonants, by their sound', () => {
    expect([skeletonOf('แม่สะงา'), skeletonOf('ศรีสุข'), skeletonOf('สีสุก'), parseName('วัด').skeleton]).toEqual(['มสง', 'สลสค', 'สสก', 'วด'])
  })
})
