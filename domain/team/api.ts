import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, InviteId, PersonId, TeamId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Text } from '../base/text.ts'
import { Role } from '../access/access.ts'
import { Invite, Member, Team } from './team.ts'

const Secret = z.object({ secret: z.string().min(20).max(100) })

export const teamApi = {
  listTeams: {
    method: 'GET', path: '/teams', cache: 'none', who: 'manage-people', query: PageQuery.extend({ q: z.string().trim().max(100).optional(), area: AreaCode.optional() }), reply: pageOf(Team),
    summary: { th: 'ทีมในพื้นที่ของฉัน', en: 'Teams in my places' },
  },
  getTeam: {
    method: 'GET', path: '/teams/:id', cache: 'none', who: 'manage-people', witnessed: true, params: z.object({ id: TeamId }), query: PageQuery,
    reply: z.object({ team: Team, members: z.array(Member), next: z.string().nullable(), invites: z.array(Invite) }),
    summary: { th: 'ทีมหนึ่งทีม ตำบล และสมาชิก', en: 'One team: its tambons, members and invitations' },
  },
  makeTeam: {
    method: 'POST', path: '/teams', cache: 'none', who: 'manage-people', body: z.object({ name: Text, university: Text, areas: z.array(AreaCode).min(1).max(1000) }), reply: z.object({ id: TeamId }),
    summary: { th: 'ตั้งทีม', en: 'Make a team' },
  },
  changeTeam: {
    method: 'PUT', path: '/teams/:id', cache: 'none', who: 'manage-people', params: z.object({ id: TeamId }),
    body: z.object({ name: Text, university: Text, areas: z.array(AreaCode).min(1).max(1000) }), reply: z.object({ id: TeamId }),
    summary: { th: 'แก้ชื่อและตำบลของทีม', en: 'Change the names and tambons of a team' },
  },
  makeInvite: {
    method: 'POST', path: '/invites', cache: 'none', who: 'manage-people',
    body: z.object({ team: TeamId.nullable(), role: Role, areas: z.array(AreaCode).min(1).max(1000), until: z.iso.date().nullable(), uses: z.number().int().min(1).max(500), days: z.number().int().min(1).max(60) }),
    reply: z.object({ invite: Invite, url: z.string() }),
    summary: { th: 'เชิญด้วยลิงก์หรือ QR', en: 'Invite by link or QR' },
  },
  endInvite: {
    method: 'DELETE', path: '/invites/:id', cache: 'none', who: 'manage-people', params: z.object({ id: InviteId }), reply: z.object({ id: InviteId }),
    summary: { th: 'ยกเลิกคำเชิญ', en: 'End an invitation' },
  },
  readInvite: {
    method: 'POST', path: '/invites/read', cache: 'none', perMinute: 60, body: Secret, reply: z.object({ role: Role, areas: z.array(z.object({ code: AreaCode, name: Text })), team: Text.nullable() }),
    summary: { th: 'คำเชิญนี้ให้สิทธิอะไร', en: 'What an invitation gives' },
  },
  acceptInvite: {
    method: 'POST', path: '/invites/accept', cache: 'none', who: 'signed-in', body: Secret, reply: z.object({ person: PersonId }),
    summary: { th: 'รับคำเชิญ', en: 'Accept an invitation' },
  },
} as const satisfies Api
