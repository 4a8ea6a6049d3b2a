package danger

import (
	"strings"

	"tinbao/cases/viet"
)

// shortForm is one way to write a word short or as it is spoken.
type shortForm struct {
	written, long viet.Syllable
}

// shortForms are single words by what is written for them, folded.
var shortForms = func() map[string][]shortForm {
	all := map[string][]shortForm{}
	for pair := range strings.FieldsSeq(shorts) {
		long, written, _ := strings.Cut(pair, "=")
		for w := range strings.SplitSeq(written, ",") {
			s, l := viet.Syllables(w)[0], viet.Syllables(long)[0]
			if s.Plain != l.Plain || s.Marked() {
				all[s.Plain] = append(all[s.Plain], shortForm{s, l})
			}
		}
	}
	return all
}()

// shorts lists words and what people write for them: abbreviations, the spellings of young
// people, and slips of a sound that many do not hear.
const shorts = `
không=k,ko,kông,kog,khog,khôg,khog,kh,hok,hk,hong,hông,kg,khg,khum,hem,hổng,hôg,khong,khôg,kog,hem,hỏng,kô,hôn,khum,hăm,kím chẳng=chg,cg,chảng chưa=ch,chx,chua
được=dc,đc,đx,dx,đk,dk,đuọc,dược,duoc,đươc,dcj mình=mik,mk,mh,mềnh,mìn,mih mày=m tao=t,tau,tui tôi=t,tui,toy,tôy,toi,tuôi tuổi=t,tủi,tủj
em=e,iem,eim,emm,ẻm anh=a,ah,ank chị=c,cj,chj,chụy,chế bạn=b,bn,pạn cháu=chau,chá,chắu,cháo con=kon,coan người=ng,ngừi,ngườj,nguoi,ngùi,ngưòi ngồi=ngòi
gì=j,ji,rì,zì,dì vậy=z,v,zậy,zạy,vạy với=vs,vz,vớj,dzới,voi,zới mới=ms,mớj nói=ns,nóa bị=bi,bj,pị,pị biết=bít,bik,bjt,biết,pít,bit yêu=iu,yeu,êu quá=wá,wa,qá,qa,goá
phải=fải,fai,phai,pải về=zề,dìa,zìa vào=zô,dô,vô,dzô ra=za làm=lm,lèm,nàm rồi=r,rùi,roài,òi,gòi,rui chồng=ck,chòng,chồg vợ=vk,zợ đang=đag,dag,dg,đg,đanq,dang
trong=trg,trog,tong giết=dết,giếc,giêt,zết,zit,rết,giet,gít nhốt=nhốc,nhót,nhot,nhôt trói=chói bắt=bắc,bat,bắtt trốn=chốn,trốg,tron sợ=xợ chết=chít,chếk,chếc,chớt
đánh=đáh,dah,đánk,oánh,uýnh,úynh,quánh,đấnh,wýnh đập=đậpp,dập mẹ=mịa,mịe,mj,mẹe bố=bô,pố ba=bar tiền=xiền,tièn,tìn điện=đien,dien thoại=thoai,thọai giữ=dữ,zữ,giu giam=zam
khóc=khok,kkóc thương=thuong gái=gáy đứa=đúa tiếp=típ,tip khách=khách,kháck,khak,khack ép=ép,ep đi=đj,dj,ik,đii nhà=nhaf nghỉ=nghĩ,nghj cứu=kứu,kíu,kiu,cíu,cưu,kuu
dọa=giọa,doạ,zọa nợ=lợ thằng=thag,thằg,thàng,thg nó=nóa hiếp=híp,hjếp dâm=zâm,râm tử=tữ chém=chếm muốn=mún,mun,mứn,muôn sống=sốg,sóng,song nữa=nửa,nx,nũa thấy=thí
cho=ch,chô,choa giúp=júp,dúp,giup,gúp,zúp,giứp công=cog,côg an=ann viện=viẹn trẻ=chẻ,trẽ bé=bee,pé,béeee nhỏ=nhõ,nhõn lớp=lóp học=hok,hox,họk,hoc sinh=sjnh cấp=cáp
rất=rứt ông=ôg,ôn hôm=hum lên=nên,lenn xuống=xún phòng=fòng,phg cửa=cữa đừng=đừg,đug thì=thj,thỳ liên=lien máu=maú mấy=mí nhiều=nhìu,nhju sao=xao ai=aj
please=pls,plz,plis,pleas you=u,ya are=r your=ur because=cuz,coz,bcoz want=wanna,wana to=too help=hlp,halp,hepl,hellp,helo they=thei,dey the=da,teh them=em
`

// longForms are several words by what is written for them, folded.
var longForms = func() map[string][]viet.Syllable {
	all := map[string][]viet.Syllable{}
	for line := range strings.SplitSeq(strings.TrimSpace(longs), "\n") {
		written, long, _ := strings.Cut(line, "=")
		for w := range strings.SplitSeq(written, ",") {
			all[w] = viet.Syllables(long)
		}
	}
	return all
}()

const longs = `
ngta,nta,ngt=người ta
dt,sdt,đt=điện thoại
xhd=xã hội đen
gd,gđ=gia đình
bme,bm=bố mẹ
mng,mn=mọi người
ny=người yêu
nyc=người yêu cũ
bf=bạn trai
gf=bạn gái
ntn,nntn=như thế nào
hsinh,hs=học sinh
xhtd=xâm hại tình dục
cmt=chứng minh thư
cand=công an
hiv=hiv
ngyeu,nguoiyeu=người yêu
mbn=mua bán người
qhtd=quan hệ tình dục
qh=quan hệ
im=i am
ive=i have
dont,dnt=do not
doesnt=does not
didnt=did not
cant,cannot=can not
wont=will not
wouldnt=would not
couldnt=could not
isnt=is not
arent=are not
wasnt=was not
werent=were not
hes=he is
shes=she is
theyre=they are
theyve=they have
youre=you are
weve=we have
theres=there is
idk=i do not know
kms=kill myself
kys=kill yourself
`

// respell are other spellings of a word: letters that sound like those of the alphabet.
func respell(plain string) (all []string) {
	add := func(s string) {
		if s != plain {
			all = append(all, s)
		}
	}
	switch {
	case strings.HasPrefix(plain, "f"):
		add("ph" + plain[1:])
	case strings.HasPrefix(plain, "w"):
		add("qu" + plain[1:])
	case strings.HasPrefix(plain, "z") || strings.HasPrefix(plain, "j"):
		rest := strings.TrimPrefix(plain[1:], "z")
		add("d" + rest)
		add("gi" + strings.TrimPrefix(rest, "i"))
		add("v" + rest)
	case strings.HasPrefix(plain, "dz"):
		add("d" + plain[2:])
		add("v" + plain[2:])
	case strings.HasPrefix(plain, "k") && !strings.HasPrefix(plain, "kh"):
		add("c" + plain[1:])
	case strings.HasPrefix(plain, "c") && len(plain) > 1 && strings.ContainsRune("eiy", rune(plain[1])):
		add("k" + plain[1:])
	}
	if len(plain) > 2 {
		body, last := plain[:len(plain)-1], plain[len(plain)-1]
		switch {
		case last == 'g' && !strings.HasSuffix(body, "n"):
			add(body + "ng")
		case last == 'k':
			add(body + "c")
			add(body + "ch")
		case last == 'h' && body[len(body)-1] != 'n' && body[len(body)-1] != 'c':
			add(body + "nh")
		}
		add(strings.ReplaceAll(body, "j", "i") + plain[len(plain)-1:])
	}
	return all
}

// wellFormed reports whether a folded word can be a Vietnamese syllable.
func wellFormed(plain string) bool {
	for n := min(3, len(plain)); n >= 0; n-- {
		if onsets[plain[:n]] && rimes[plain[n:]] {
			return true
		}
	}
	return false
}

func setOf(list string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		all[w] = true
	}
	return all
}

var (
	onsets = func() map[string]bool {
		all := setOf("b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
		all[""] = true
		return all
	}()
	rimes = setOf(`a ac ach ai am an ang anh ao ap at au ay e ec ech em en enh eng eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh
		ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uay
		uc ue uech uen uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu`)
)
