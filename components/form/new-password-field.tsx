import { PasswordField } from './password-field.tsx'
import type { TextFieldProps } from './text-field.tsx'

/** A password that the person chooses now (lib/chosen-passwords). */
export function NewPasswordField(props: Pick<TextFieldProps, 'state' | 'label' | 'hint'>) {
  return (
    <PasswordField {...props} name="newPassword" autoComplete="new-password" minLength={12} maxLength={200} required />
  )
}
