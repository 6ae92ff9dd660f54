import { SkeletonRows } from "@/ui/skeleton.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export default function CertificatesLoading() {
  return (
    <StaffPage className="pt-6">
      <SkeletonRows rows={12} />
    </StaffPage>
  );
}
