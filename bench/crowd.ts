/** Customers, each with one mailbox and a portal account, straight into the database. */
import { prisma } from '#lib/db/prisma.ts'

/** @param size how many there are in the end */
export async function addCrowd(size: number): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO customers (id, contract_number, name, name_kana)
    SELECT gen_random_uuid(), 'W-' || n, 'W', 'W' FROM generate_series(1, ${size}::int) n ON CONFLICT DO NOTHING`
  await prisma().$executeRaw`
    INSERT INTO portal_accounts (id, login, password_hash, role, customer_id, display_name)
    SELECT gen_random_uuid(), contract_number, '-', 'SUBSCRIBER', id, 'W' FROM customers ON CONFLICT DO NOTHING`
  await prisma().$executeRaw`
    INSERT INTO mailboxes (customer_id, login, domain, address, display_name, scram_salt)
    SELECT id, lower(contract_number), 'infonia.ne.jp', lower(contract_number) || '@infonia.ne.jp', 'W', 'salt'
    FROM customers ON CONFLICT DO NOTHING`
  await prisma().$executeRaw`
    INSERT INTO folders (mailbox_id, name, uid_validity) SELECT id, 'INBOX', 1 FROM mailboxes ON CONFLICT DO NOTHING`
  await prisma().$executeRawUnsafe('VACUUM ANALYZE')
}
