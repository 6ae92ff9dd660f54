import { Skeleton } from "@/ui/skeleton.tsx";

export default function CertificatesLoading() {
  return (
    <main className="page">
      <Skeleton lines={8} />
    </main>
  );
}
